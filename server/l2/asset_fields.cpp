// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/asset_fields.h"

#include "server/l2/bodies.h"

#include <algorithm>

namespace artdag::server {

Result<std::vector<std::string>> readTags(const Json& body)
{
    std::vector<std::string> tags = TRY(textList(body, "tags", 30, 60));
    for (const std::string& tag : tags) {
        const bool good = std::ranges::none_of(tag, [](unsigned char c) { return c <= ' ' || c == 0x7F || std::string_view("\"'<>&#/\\%?@,;:").find(static_cast<char>(c)) != std::string_view::npos; });
        if (!good)
            return fail(Fault::BadInput, "tag '" + tag + "': letters, digits, - and _ only");
    }
    return tags;
}

} // namespace artdag::server
