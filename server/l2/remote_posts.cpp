// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/remote_posts.h"

#include "core/federation/activity_fields.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t longestContent = 100'000;
constexpr std::size_t mostAttachments = 16;

/// The address of an attachment: `url` may be a text, a Link, or a list of these.
std::string addressOf(const Json& attachment)
{
    const auto url = attachment.is_object() ? attachment.find("url") : attachment.end();
    if (!attachment.is_object() || url == attachment.end())
        return {};
    const Json& first = url->is_array() && !url->empty() ? url->front() : *url;
    std::string address = first.is_string() ? first.get<std::string>() : textOf(first, "href");
    return originOfUrl(address).empty() ? std::string() : address;
}

} // namespace

std::string contentOf(const Json& note)
{
    std::string content = textOf(note, "content");
    if (content.empty())
        for (const auto& [language, text] : objectOf(note, "contentMap").items())
            if (text.is_string() && content.empty())
                content = text.get<std::string>();
    if (content.empty())
        content = textOf(note, "name");
    // Cut between characters.
    std::size_t end = std::min(content.size(), longestContent);
    while (end < content.size() && end > 0 && (static_cast<unsigned char>(content[end]) & 0xC0U) == 0x80)
        --end;
    content.resize(end);
    return content;
}

std::string linkOf(const Json& note)
{
    const std::string id = textOf(note, "id");
    const std::string url = addressOf(note);
    return !url.empty() && hostOfUrl(url) == hostOfUrl(id) ? url : id;
}

Post postOf(const Json& note)
{
    Post post;
    post.uri = textOf(note, "id");
    post.url = linkOf(note);
    post.content = contentOf(note);
    post.summary = textOf(note, "summary").substr(0, 500);
    post.published = timeOfText(textOf(note, "published"));
    const std::int64_t now = nowMicroseconds();
    if (post.published == 0 || post.published > now)
        post.published = now;
    const auto attachments = note.find("attachment");
    if (attachments == note.end())
        return post;
    const Json list = attachments->is_array() ? *attachments : Json::array({*attachments});
    for (const Json& attachment : list)
        if (const std::string address = addressOf(attachment); !address.empty() && post.attachments.size() < mostAttachments)
            post.attachments.push_back(Json{{"type", textOf(attachment, "mediaType")}, {"url", address}, {"alt", textOf(attachment, "summary").empty() ? textOf(attachment, "name") : textOf(attachment, "summary")}});
    return post;
}

} // namespace artdag::server
