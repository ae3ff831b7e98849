// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/our_urls.h"

namespace artdag::server {

std::optional<ContentId> contentOfUrl(std::string_view url)
{
    constexpr std::string_view folder = "/objects/";
    const auto at = url.rfind(folder);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = url.substr(at + folder.size());
    const std::string_view hash = rest.substr(0, rest.find_first_of("/?#"));
    const auto content = hash.size() == 64 ? nameOfText<ContentId>(hash) : Result<ContentId>(fail(Fault::BadInput, ""));
    return content ? std::optional(*content) : std::nullopt;
}

std::optional<ContentId> contentOfObjectUrl(const Instance& instance, std::string_view url)
{
    if (!url.starts_with(instance.publicUrl + "/objects/"))
        return {};
    return contentOfUrl(url);
}

std::string objectUrlOf(const Instance& instance, const ContentId& content)
{
    return instance.publicUrl + "/objects/" + content.hex();
}

} // namespace artdag::server
