// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/remote_actors.h"

#include "core/federation/activity_fields.h"
#include "server/db/domain_blocks.h"
#include "server/http/message.h"
#include "server/l2/federation.h"
#include "server/l2/fetch_document.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::int64_t freshFor = 24LL * 3600 * 1'000'000;
constexpr std::size_t longestKept = 64U << 10;
constexpr std::array actorTypes{"Person", "Service", "Application", "Group", "Organization"};

std::string limited(std::string text, std::size_t bytes)
{
    if (text.size() > bytes)
        text.resize(bytes);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80 && text.size() == bytes)
        text.pop_back();
    return text;
}

/// The key of a document that is a list of keys or one: the first, as everyone reads it.
Json firstKey(const Json& document)
{
    const auto member = document.find("publicKey");
    if (member == document.end())
        return Json::object();
    if (member->is_array())
        return member->empty() ? Json::object() : member->front();
    return *member;
}

std::string firstUrl(const Json& document, const char* name)
{
    const Json object = objectOf(document, name);
    const auto member = object.find("url");
    return member == object.end() ? std::string() : member->is_object() ? textOf(*member, "href")
                                                                        : idOf(*member);
}

Result<Actor> keep(Site& site, Actor actor)
{
    auto lease = TRY(site.database->lease());
    return putActor(lease, std::move(actor));
}

Result<Actor> fetchActor(Site& site, const std::string& uri, const std::optional<Actor>& known)
{
    const FetchedDocument fetched = TRY(fetchDocument(site, uri));
    if (!fetched.gone)
        return keep(site, TRY(readActor(fetched.document)));
    if (known) {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        TRY(markGone(lease, known->id, nowMicroseconds()));
        TRY(transaction.commit());
    }
    return fail(Fault::NotFound, "actor " + uri + ": it is gone");
}

Result<std::string> actorUriOfWebfinger(Site& site, const std::string& account, const std::string& host)
{
    const std::string scheme = site.options.allowLoopback ? "http://" : "https://";
    const std::string text = TRY(fetchText(site, scheme + host + "/.well-known/webfinger?resource=acct:" + encodeForm(account), "application/jrd+json, application/json"));
    const Json document = TRY(readJson(text, {256U << 10, 16, 2000}));
    const auto links = document.is_object() ? document.find("links") : document.end();
    if (document.is_object() && links != document.end() && links->is_array())
        for (const Json& link : *links)
            if (textOf(link, "rel") == "self" && textOf(link, "type").find("activity") != std::string::npos)
                return textOf(link, "href");
    return fail(Fault::NotFound, "account '" + account + "': its server does not say where it is");
}

} // namespace

Result<Actor> readActor(const Json& document)
{
    Actor actor;
    actor.uri = textOf(document, "id");
    const std::string object = "actor " + actor.uri.substr(0, 200) + ": ";
    const std::string origin = originOfUrl(actor.uri);
    actor.type = textOf(document, "type");
    if (origin.empty() || std::ranges::find(actorTypes, actor.type) == actorTypes.end())
        return fail(Fault::BadInput, object + "it is no actor");
    actor.host = hostOfUrl(actor.uri);
    actor.name = limited(textOf(document, "preferredUsername"), 200);
    actor.displayName = limited(textOf(document, "name").empty() ? actor.name : textOf(document, "name"), 500);
    actor.summary = limited(textOf(document, "summary"), 20'000);
    actor.url = idOf(document, "url");
    if (hostOfUrl(actor.url) != actor.host)
        actor.url = actor.uri;
    actor.icon = firstUrl(document, "icon");
    actor.inbox = textOf(document, "inbox");
    actor.sharedInbox = textOf(objectOf(document, "endpoints"), "sharedInbox");
    actor.followersUrl = textOf(document, "followers");
    const Json key = firstKey(document);
    actor.keyId = textOf(key, "id");
    actor.keyPem = textOf(key, "publicKeyPem");
    if (originOfUrl(actor.inbox) != origin || (!actor.sharedInbox.empty() && originOfUrl(actor.sharedInbox) != origin))
        return fail(Fault::Denied, object + "its inbox is on another server");
    if (!actor.followersUrl.empty() && originOfUrl(actor.followersUrl) != origin)
        return fail(Fault::Denied, object + "its followers are on another server");
    if (!actor.keyId.empty() && (originOfUrl(actor.keyId) != origin || textOf(key, "owner") != actor.uri))
        return fail(Fault::Denied, object + "its key belongs to somebody else");
    actor.document = document.dump();
    if (actor.document.size() > longestKept)
        actor.document.clear();
    actor.fetchedAt = nowMicroseconds();
    return actor;
}

Result<Actor> findOrFetchActor(Site& site, const std::string& uri)
{
    std::optional<Actor> known;
    {
        auto lease = TRY(site.database->lease());
        if (const std::string user = ourUserOf(site.instance, uri); !user.empty())
            return ownActor(lease, site.instance, user);
        known = TRY(findActor(lease, uri));
    }
    if (isOurs(site.instance, uri))
        return fail(Fault::NotFound, "actor " + uri + ": there is no such account here");
    TRY(checkNotSuspended(site, hostOfUrl(uri)));
    if (known)
        TRY(checkNotSuspended(*known));
    if (known && known->goneAt != 0)
        return fail(Fault::NotFound, "actor " + uri + ": it is gone");
    if (known && nowMicroseconds() - known->fetchedAt < freshFor)
        return std::move(*known);
    auto fetched = fetchActor(site, uri, known);
    if (!fetched && known && fetched.error().fault == Fault::Unavailable)
        return std::move(*known);
    return fetched;
}

Result<Actor> actorOfKey(Site& site, const std::string& keyId)
{
    {
        auto lease = TRY(site.database->lease());
        if (auto known = TRY(findActorOfKey(lease, keyId)))
            return std::move(*known);
    }
    // `…/users/alice#main-key` is a part of the actor's document; `…/users/alice/main-key` is a document of its own or the actor.
    const FetchedDocument fetched = TRY(fetchDocument(site, keyId));
    if (fetched.gone)
        return fail(Fault::NotFound, "key " + keyId + ": it is gone");
    std::string owner = textOf(fetched.document, "owner");
    if (owner.empty())
        owner = textOf(fetched.document, "id");
    if (originOfUrl(owner) != originOfUrl(keyId))
        return fail(Fault::Denied, "key " + keyId + ": its owner lives on another server");
    Actor actor = owner == textOf(fetched.document, "id") ? TRY(keep(site, TRY(readActor(fetched.document)))) : TRY(fetchActor(site, owner, {}));
    if (actor.keyId != keyId)
        return fail(Fault::Denied, "key " + keyId + ": its owner does not list it");
    return actor;
}

Result<Actor> refetchActor(Site& site, const Actor& actor)
{
    if (!site.federation->keyRefetches.take(actor.host, Embargo::Clock::now(), std::chrono::minutes(1)))
        return fail(Fault::Unavailable, "actor " + actor.uri + ": its key was asked for a moment ago");
    return fetchActor(site, actor.uri, actor);
}

Result<Actor> actorOfAccount(Site& site, std::string_view account)
{
    if (account.starts_with("https://") || account.starts_with("http://")) {
        const auto ours = isOurs(site.instance, account) ? userOfResource(site.instance, account) : fail(Fault::NotFound, "");
        return findOrFetchActor(site, ours ? site.instance.actorUrl(*ours) : std::string(account));
    }
    if (account.starts_with('@'))
        account.remove_prefix(1);
    const auto at = account.rfind('@');
    const std::string host(at == std::string_view::npos ? std::string_view{} : account.substr(at + 1));
    if (host.empty() || at == 0 || account.size() > 400 || account.find_first_of("/?#\\ ") != std::string_view::npos)
        return fail(Fault::BadInput, "account '" + std::string(account.substr(0, 100)) + "': must be @user@host or an actor's URL");
    if (host == site.instance.domain)
        return findOrFetchActor(site, site.instance.actorUrl(account.substr(0, at)));
    TRY(checkNotSuspended(site, host));
    return findOrFetchActor(site, TRY(actorUriOfWebfinger(site, std::string(account), host)));
}

} // namespace artdag::server
