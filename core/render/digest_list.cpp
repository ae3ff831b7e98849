// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/digest_list.h"

namespace artdag {

Json jsonOfDigests(std::span<const Digest> digests)
{
    Json list = Json::array();
    for (const Digest& digest : digests)
        list.push_back(hexOf(digest));
    return list;
}

std::vector<Digest> digestsOfJson(const Json& list)
{
    std::vector<Digest> digests;
    if (!list.is_array())
        return digests;
    digests.reserve(list.size());
    for (const Json& text : list) {
        auto digest = text.is_string() ? digestOfText(text.get_ref<const std::string&>()) : Result<Digest>(fail(Fault::Corrupt, ""));
        if (!digest)
            return {};
        digests.push_back(*digest);
    }
    return digests;
}

} // namespace artdag
