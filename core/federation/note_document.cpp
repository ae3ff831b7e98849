// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/note_document.h"

#include "core/federation/vocabulary.h"

#include <algorithm>

namespace artdag {

namespace {

struct Addressing {
    Json to = Json::array(), cc = Json::array();
};

/// Mastodon's rule: Public in `to` is public, in `cc` unlisted; followers alone is followers-only; else direct.
Addressing addressingOf(const Instance& instance, const NoteFacts& note)
{
    const std::string followers = instance.actorUrl(note.user) + "/followers";
    Addressing addressing;
    switch (note.visibility) {
    case Visibility::Public:
        addressing.to.push_back(publicCollection);
        addressing.cc.push_back(followers);
        break;
    case Visibility::Unlisted:
        addressing.to.push_back(followers);
        addressing.cc.push_back(publicCollection);
        break;
    case Visibility::Followers:
        addressing.to.push_back(followers);
        break;
    case Visibility::Direct:
        break;
    }
    return addressing;
}

std::string objectUrl(const Instance& instance, const ContentId& content)
{
    return instance.publicUrl + "/objects/" + content.hex();
}

std::string mediaUrl(const Instance& instance, const ContentId& content, const std::string& extension)
{
    return instance.publicUrl + "/media/" + content.hex() + (extension.empty() ? "" : "." + extension);
}

/// A tag as a segment of a URL.
std::string tagUrl(const Instance& instance, const std::string& tag)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string url = instance.publicUrl + "/tags/";
    for (const unsigned char c : tag) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_')
            url.push_back(static_cast<char>(c));
        else
            url.append({'%', digits[c >> 4], digits[c & 15]});
    }
    return url;
}

std::string contentHtml(const Instance& instance, const NoteFacts& note, const std::string& page)
{
    std::string html = "<p><a href=\"" + escapeHtml(page) + "\" rel=\"nofollow noopener\">" + escapeHtml(note.title) + "</a></p>";
    if (!note.description.empty())
        html += "<p>" + escapeHtml(note.description) + "</p>";
    if (!note.tags.empty())
        html += "<p>";
    for (const std::string& tag : note.tags)
        html += (&tag == &note.tags.front() ? "" : " ") + ("<a href=\"" + escapeHtml(tagUrl(instance, tag)) + "\" class=\"mention hashtag\" rel=\"tag\">#<span>" + escapeHtml(tag) + "</span></a>");
    return html + (note.tags.empty() ? "" : "</p>");
}

Json attachmentOf(const Instance& instance, const std::string& object, const NoteMedia& media)
{
    Json attachment{{"id", object + "#media"}, {"type", "Document"}, {"mediaType", media.mediaType}, {"url", mediaUrl(instance, media.content, media.extension)}, {"name", media.alt}};
    if (media.width > 0 && media.height > 0) {
        attachment["width"] = media.width;
        attachment["height"] = media.height;
    }
    if (!media.blurhash.empty())
        attachment["blurhash"] = media.blurhash;
    if (media.poster)
        attachment["icon"] = Json{{"id", object + "#poster"}, {"type", "Image"}, {"mediaType", media.posterType}, {"url", mediaUrl(instance, *media.poster, media.posterExtension)}};
    return attachment;
}

} // namespace

Result<Visibility> visibilityOfText(std::string_view text)
{
    if (text == "public")
        return Visibility::Public;
    if (text == "unlisted")
        return Visibility::Unlisted;
    if (text == "followers")
        return Visibility::Followers;
    if (text == "private")
        return Visibility::Direct;
    return fail(Fault::BadInput, "visibility '" + std::string(text.substr(0, 40)) + "': must be public, unlisted, followers or private");
}

Json noteDocument(const Instance& instance, const NoteFacts& note)
{
    const std::string id = objectUrl(instance, note.content);
    const std::string page = instance.publicUrl + "/asset/@" + note.user + "/" + note.name;
    const Addressing addressing = addressingOf(instance, note);
    Json tags = Json::array();
    for (const std::string& tag : note.tags)
        tags.push_back(Json{{"type", "Hashtag"}, {"href", tagUrl(instance, tag)}, {"name", "#" + tag}});
    Json document{{"id", id}, {"type", "Note"}, {"attributedTo", instance.actorUrl(note.user)}, {"published", note.published}, {"to", addressing.to}, {"cc", addressing.cc}, {"url", page},
        {"content", contentHtml(instance, note, page)}, {"sensitive", false}, {"tag", std::move(tags)}, {"attachment", Json::array()}};
    if (note.media)
        document["attachment"].push_back(attachmentOf(instance, id, *note.media));
    for (const char* collection : {"replies", "likes", "shares"})
        document[collection] = id + "/" + collection;
    document["contentHash"] = note.content.text();
    document["assetType"] = note.assetType;
    if (note.manifest) {
        document["provenance"] = id + "/provenance";
        document["provenanceHash"] = note.manifest->text();
    }
    if (note.framesHash)
        document["framesHash"] = note.framesHash->text();
    if (note.claim) {
        document["claim"] = id + "/claim";
        document["claimHash"] = note.claim->text();
    }
    for (const auto& [name, list] : {std::pair{"inputs", &note.inputs}, std::pair{"effects", &note.effects}}) {
        Json urls = Json::array();
        for (const ContentId& content : *list)
            urls.push_back(objectUrl(instance, content));
        document[name] = std::move(urls);
    }
    if (note.recipe)
        document["recipe"] = objectUrl(instance, *note.recipe);
    if (const std::string license = licenseUrl(note.license); !license.empty())
        document["license"] = license;
    return document;
}

Json createDocument(const Instance& instance, const NoteFacts& note)
{
    Json object = noteDocument(instance, note);
    Json document{{"@context", noteContext()}, {"id", instance.publicUrl + "/activities/" + note.activity}, {"type", "Create"}, {"actor", instance.actorUrl(note.user)},
        {"published", note.published}, {"to", object["to"]}, {"cc", object["cc"]}};
    document["object"] = std::move(object);
    return document;
}

Json shortCreateDocument(const Instance& instance, const NoteFacts& note)
{
    return {{"@context", activityStreams}, {"type", "Create"}, {"actor", instance.actorUrl(note.user)},
        {"object", Json{{"type", "Document"}, {"name", note.name}, {"content", note.content.text()}, {"attributedTo", instance.actorUrl(note.user)}}}, {"published", note.published}};
}

std::string licenseUrl(std::string_view license)
{
    if (license.starts_with("https://"))
        return std::string(license);
    const bool plain = !license.empty() && std::ranges::all_of(license, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '+'; });
    if (!plain)
        return {};
    if (license.starts_with("CC0"))
        return "https://creativecommons.org/publicdomain/zero/1.0/";
    if (license.starts_with("CC-")) {
        const auto version = license.rfind('-');
        std::string kind(license.substr(3, version > 3 ? version - 3 : 0));
        std::ranges::transform(kind, kind.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
        return "https://creativecommons.org/licenses/" + kind + "/" + std::string(license.substr(version + 1)) + "/";
    }
    return "https://spdx.org/licenses/" + std::string(license) + ".html";
}

std::string licenseWords(std::string_view license)
{
    std::string words(license);
    if (license.starts_with("CC-") || license.starts_with("CC0-")) {
        const auto first = words.find('-');
        const auto last = words.rfind('-');
        words[first] = ' ';
        words[last] = ' ';
    }
    return words;
}

} // namespace artdag
