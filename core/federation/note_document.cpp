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

/// By hash for everyone, by token where the hash opens nothing.
std::string mediaUrl(const Instance& instance, const ContentId& content, const std::string& token, const std::string& extension)
{
    return instance.publicUrl + "/media/" + (token.empty() ? content.hex() : "p/" + token) + (extension.empty() ? "" : "." + extension);
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
        html += "<p>" + linesHtml(note.description) + "</p>";
    if (!note.tags.empty())
        html += "<p>";
    for (const std::string& tag : note.tags)
        html += (&tag == &note.tags.front() ? "" : " ") + ("<a href=\"" + escapeHtml(tagUrl(instance, tag)) + "\" class=\"mention hashtag\" rel=\"tag\">#<span>" + escapeHtml(tag) + "</span></a>");
    return html + (note.tags.empty() ? "" : "</p>");
}

Json attachmentOf(const Instance& instance, const std::string& object, const NoteMedia& media)
{
    Json attachment{{"id", object + "#media"}, {"type", "Document"}, {"mediaType", media.mediaType}, {"url", mediaUrl(instance, media.content, media.token, media.extension)}, {"name", media.alt}};
    if (media.width > 0 && media.height > 0) {
        attachment["width"] = media.width;
        attachment["height"] = media.height;
    }
    if (!media.blurhash.empty())
        attachment["blurhash"] = media.blurhash;
    if (media.poster)
        attachment["icon"] = Json{{"id", object + "#poster"}, {"type", "Image"}, {"mediaType", media.posterType}, {"url", mediaUrl(instance, *media.poster, media.posterToken, media.posterExtension)}};
    return attachment;
}

/// What every activity has, addressed as its object is.
Json activityDocument(const Instance& instance, const NoteFacts& note, const char* type, const std::string& when)
{
    const Addressing addressing = addressingOf(instance, note);
    return {{"@context", noteContext()}, {"id", instance.publicUrl + "/activities/" + note.activity}, {"type", type}, {"actor", instance.actorUrl(note.user)},
        {"published", when}, {"to", addressing.to}, {"cc", addressing.cc}};
}

} // namespace

std::string objectUrl(const Instance& instance, const ContentId& content, std::int64_t version)
{
    return instance.publicUrl + "/objects/" + content.hex() + (version > 1 ? "/" + std::to_string(version) : "");
}

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
    const std::string id = objectUrl(instance, note.content, note.version);
    const std::string page = instance.publicUrl + "/asset/@" + note.user + "/" + note.name;
    const Addressing addressing = addressingOf(instance, note);
    Json tags = Json::array();
    for (const std::string& tag : note.tags)
        tags.push_back(Json{{"type", "Hashtag"}, {"href", tagUrl(instance, tag)}, {"name", "#" + tag}});
    Json document{{"id", id}, {"type", "Note"}, {"attributedTo", instance.actorUrl(note.user)}, {"published", note.published}, {"to", addressing.to}, {"cc", addressing.cc}, {"url", page},
        {"content", contentHtml(instance, note, page)}, {"sensitive", !note.warning.empty()}, {"tag", std::move(tags)}, {"attachment", Json::array()}};
    if (!note.updated.empty())
        document["updated"] = note.updated;
    if (!note.warning.empty())
        document["summary"] = note.warning;
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
    Json document = activityDocument(instance, note, "Create", note.published);
    document["object"] = noteDocument(instance, note);
    return document;
}

Json updateDocument(const Instance& instance, const NoteFacts& note)
{
    Json document = activityDocument(instance, note, "Update", note.updated);
    document["object"] = noteDocument(instance, note);
    return document;
}

Json deleteDocument(const Instance& instance, const NoteFacts& note, const std::string& when)
{
    Json document = activityDocument(instance, note, "Delete", when);
    // Without formerType: it is an IRI to JSON-LD, and what is no IRI cannot be signed.
    document["object"] = Json{{"id", objectUrl(instance, note.content, note.version)}, {"type", "Tombstone"}, {"deleted", when}};
    return document;
}

Json deletePersonDocument(const Instance& instance, const std::string& user, const std::string& activity, const std::string& when)
{
    NoteFacts everyone;
    everyone.user = user;
    everyone.activity = activity;
    Json document = activityDocument(instance, everyone, "Delete", when);
    document["object"] = instance.actorUrl(user); // as a bare id: that is how servers know an actor's deletion
    return document;
}

Json featureDocument(const Instance& instance, const NoteFacts& note, bool pinned, const std::string& when)
{
    Json document = activityDocument(instance, note, pinned ? "Add" : "Remove", when);
    document["object"] = objectUrl(instance, note.content, note.version);
    document["target"] = instance.actorUrl(note.user) + "/featured";
    return document;
}

Json tombstoneDocument(const std::string& id, const std::string& formerType, const std::string& deleted)
{
    return {{"id", id}, {"type", "Tombstone"}, {"formerType", formerType}, {"deleted", deleted}};
}

Json shortCreateDocument(const Instance& instance, const NoteFacts& note)
{
    return {{"@context", activityStreams}, {"type", "Create"}, {"actor", instance.actorUrl(note.user)},
        {"object", Json{{"type", "Document"}, {"name", note.name}, {"content", note.content.text()}, {"attributedTo", instance.actorUrl(note.user)}}}, {"published", note.published}};
}

std::string linesHtml(std::string_view text)
{
    std::string html;
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        html += (start == 0 ? "" : "<br>") + escapeHtml(line.substr(0, line.size() - (line.ends_with('\r') ? 1 : 0)));
        start = end + 1;
    }
    return html;
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
