// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/actor_document.h"

#include "core/federation/multibase.h"
#include "core/federation/vocabulary.h"

#include <algorithm>

namespace artdag {

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return out;
}

bool isUserName(std::string_view text)
{
    return !text.empty() && text.size() <= 30 && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

} // namespace

Json actorDocument(const Instance& instance, const ActorFacts& actor)
{
    const std::string id = instance.actorUrl(actor.user);
    Json document{{"@context", actorContext()}, {"id", id}, {"type", "Person"}, {"preferredUsername", actor.user}, {"name", actor.name},
        {"summary", actor.summary.empty() ? "" : "<p>" + escapeHtml(actor.summary) + "</p>"}, {"url", instance.profileUrl(actor.user)}, {"published", actor.published},
        {"inbox", id + "/inbox"}, {"outbox", id + "/outbox"}, {"followers", id + "/followers"}, {"following", id + "/following"}, {"liked", id + "/liked"},
        {"featured", id + "/featured"}, {"endpoints", Json{{"sharedInbox", instance.publicUrl + "/inbox"}}}, {"manuallyApprovesFollowers", false}, {"discoverable", true},
        {"indexable", true}, {"icon", Json{{"type", "Image"}, {"mediaType", "image/png"}, {"url", instance.publicUrl + "/media/avatars/" + actor.user + ".png"}}},
        {"attachment", Json::array()},
        {"publicKey", Json{{"id", id + "#main-key"}, {"owner", id}, {"publicKeyPem", actor.publicKeyPem}}}};
    Json methods = Json::array();
    for (const PublicKey& key : actor.creatorKeys) {
        if (const auto encoded = multibaseOf(key))
            methods.push_back(Json{{"id", id + "#ed25519-key" + (methods.empty() ? "" : "-" + std::to_string(methods.size() + 1))}, {"type", "Multikey"}, {"controller", id}, {"publicKeyMultibase", *encoded}});
    }
    document["assertionMethod"] = std::move(methods);
    return document;
}

Json webfingerDocument(const Instance& instance, std::string_view user)
{
    const std::string actor = instance.actorUrl(user);
    const std::string profile = instance.profileUrl(user);
    return {{"subject", "acct:" + std::string(user) + "@" + instance.domain}, {"aliases", Json::array({actor, profile})},
        {"links",
            Json::array({Json{{"rel", "self"}, {"type", activityType}, {"href", actor}},
                Json{{"rel", "http://webfinger.net/rel/profile-page"}, {"type", "text/html"}, {"href", profile}},
                Json{{"rel", "http://webfinger.net/rel/avatar"}, {"type", "image/png"}, {"href", instance.publicUrl + "/media/avatars/" + std::string(user) + ".png"}},
                Json{{"rel", "http://ostatus.org/schema/1.0/subscribe"}, {"template", instance.publicUrl + "/authorize_interaction?uri={uri}"}}})}};
}

Result<std::string> userOfResource(const Instance& instance, std::string_view resource)
{
    const std::string object = "resource '" + std::string(resource.substr(0, 200)) + "': ";
    std::string user;
    std::string host;
    if (lower(resource.substr(0, 5)) == "acct:") {
        std::string_view rest = resource.substr(5);
        if (rest.starts_with('@'))
            rest.remove_prefix(1);
        const auto at = rest.rfind('@');
        if (at == std::string_view::npos || at == 0 || at + 1 == rest.size())
            return fail(Fault::BadInput, object + "must be acct:user@host");
        user = lower(rest.substr(0, at));
        host = lower(rest.substr(at + 1));
        if (host != lower(instance.domain) && "https://" + host != lower(instance.publicUrl) && "http://" + host != lower(instance.publicUrl))
            return fail(Fault::NotFound, object + "the host is not this server");
    } else if (resource.starts_with("https://") || resource.starts_with("http://")) {
        const auto slash = resource.find('/', resource.find("//") + 2);
        const std::string origin = lower(resource.substr(0, slash));
        std::string_view path = slash == std::string_view::npos ? std::string_view{} : resource.substr(slash);
        if (origin != lower(instance.publicUrl))
            return fail(Fault::NotFound, object + "the host is not this server");
        if (path.starts_with("/users/"))
            path.remove_prefix(7);
        else if (path.starts_with("/@"))
            path.remove_prefix(2);
        else
            return fail(Fault::NotFound, object + "is no account");
        user = lower(path);
    } else {
        return fail(Fault::BadInput, object + "must be acct:user@host or the URL of an account");
    }
    if (!isUserName(user))
        return fail(Fault::NotFound, object + "there is no such account here");
    return user;
}

Json nodeinfoLinks(const Instance& instance)
{
    Json links = Json::array();
    for (const char* version : {"2.0", "2.1"})
        links.push_back(Json{{"rel", std::string("http://nodeinfo.diaspora.software/ns/schema/") + version}, {"href", instance.publicUrl + "/nodeinfo/" + version}});
    return {{"links", std::move(links)}};
}

Json nodeinfoDocument(const NodeUsage& usage, std::string_view schema)
{
    Json software{{"name", "artdagd"}, {"version", usage.version}};
    if (schema == "2.1")
        software["repository"] = "https://artdag.rose-ash.com/source";
    return {{"version", schema}, {"software", std::move(software)}, {"protocols", Json::array({"activitypub"})},
        {"services", Json{{"inbound", Json::array()}, {"outbound", Json::array()}}}, {"openRegistrations", usage.openRegistrations},
        {"usage", Json{{"users", Json{{"total", usage.users}}}, {"localPosts", usage.posts}}}, {"metadata", Json::object()}};
}

Json collectionDocument(const std::string& id, std::int64_t total, const std::string& first)
{
    Json document{{"@context", activityStreams}, {"id", id}, {"type", "OrderedCollection"}, {"totalItems", total}};
    if (first.empty())
        document["orderedItems"] = Json::array();
    else
        document["first"] = first;
    return document;
}

Json collectionPageDocument(const CollectionPage& page)
{
    Json document{{"@context", activityStreams}, {"id", page.id}, {"type", "OrderedCollectionPage"}, {"partOf", page.partOf}};
    if (!page.next.empty())
        document["next"] = page.next;
    document["orderedItems"] = page.items;
    return document;
}

std::optional<std::string> multibaseOf(const PublicKey& key)
{
    // The last 32 bytes of an Ed25519 SPKI are the key (RFC 8410 §4); 0xed01 is its multicodec.
    if (key.algorithm() != KeyAlgorithm::Ed25519 || key.der().size() < 32)
        return {};
    Bytes bytes{0xED, 0x01};
    bytes.insert(bytes.end(), key.der().end() - 32, key.der().end());
    return multibase(bytes);
}

std::string escapeHtml(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out.push_back(c);
        }
    }
    return out;
}

} // namespace artdag
