// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/actor_routes.h"

#include "core/federation/vocabulary.h"
#include "server/db/follows.h"
#include "server/db/works.h"
#include "server/l2/bodies.h"
#include "server/l2/federation.h"
#include "server/l2/signed_requests.h"
#include "server/l2/site.h"

namespace artdag::server {

namespace {

constexpr int outboxPage = 20;

Response activityResponse(const Json& document)
{
    return jsonResponse(document, 200, std::string(activityType)).with("Vary", "Accept");
}

/// What a stranger needs to check a signature, and no more: all that secure mode tells without one.
Json keyDocument(const Json& actor)
{
    Json document = Json::object();
    for (const char* name : {"@context", "id", "type", "preferredUsername", "inbox", "publicKey"})
        document[name] = actor[name];
    return document;
}

} // namespace

Result<User> userOfRequest(Site& site, const Request& request)
{
    User user = TRY(findUser(*site.database, request.capture("user")));
    if (user.state == "pending" || user.state == "erased")
        return fail(Fault::NotFound, "user '" + user.name + "': there is no such account here");
    return user;
}

Result<Response> getWebfinger(Site& site, const Request& request)
{
    const auto resource = request.parameter("resource");
    if (!resource)
        return fail(Fault::BadInput, "resource: say which account, like ?resource=acct:user@" + site.instance.domain);
    if (*resource == "acct:" + site.instance.domain + "@" + site.instance.domain || *resource == instanceActorUrl(site.instance))
        return jsonResponse(Json{{"subject", "acct:" + site.instance.domain + "@" + site.instance.domain}, {"aliases", Json::array({instanceActorUrl(site.instance)})}, {"links", Json::array({Json{{"rel", "self"}, {"type", activityType}, {"href", instanceActorUrl(site.instance)}}})}}, 200,
            "application/jrd+json");
    const std::string name = TRY(userOfResource(site.instance, *resource));
    const User user = TRY(findUser(*site.database, name));
    if (user.state == "pending" || user.state == "erased")
        return fail(Fault::NotFound, "user '" + name + "': there is no such account here");
    return jsonResponse(webfingerDocument(site.instance, user.name), 200, "application/jrd+json").with("Cache-Control", "max-age=3600");
}

Result<Response> getNodeinfoLinks(Site& site, const Request&)
{
    return jsonResponse(nodeinfoLinks(site.instance));
}

Result<Response> getNodeinfo(Site& site, const Request& request)
{
    const std::string schema = request.path.substr(request.path.rfind('/') + 1);
    NodeUsage usage;
    usage.users = TRY(countUsers(*site.database));
    usage.posts = TRY(countWorks(*site.database, 0));
    usage.openRegistrations = site.options.registration == Registration::Open;
    usage.version = ARTDAG_VERSION;
    return jsonResponse(nodeinfoDocument(usage, schema), 200, "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/" + schema + "#\"");
}

Result<Json> actorDocumentOf(Site& site, const User& user)
{
    ActorFacts actor;
    actor.user = user.name;
    actor.name = user.displayName;
    actor.summary = user.summary;
    actor.published = isoTime(user.createdAt);
    actor.publicKeyPem = user.publicPem;
    for (UserKey& key : TRY(keysOf(*site.database, user.id)))
        if (key.revokedAt == 0)
            actor.creatorKeys.push_back(std::move(key.key));
    Json document = actorDocument(site.instance, actor);
    auto lease = TRY(site.database->lease());
    document["manuallyApprovesFollowers"] = TRY(approvesFollowers(lease, user.id));
    const Whereabouts whereabouts = TRY(whereaboutsOf(lease, user.id));
    if (!whereabouts.movedTo.empty())
        document["movedTo"] = whereabouts.movedTo;
    if (!whereabouts.alsoKnownAs.empty())
        document["alsoKnownAs"] = whereabouts.alsoKnownAs;
    return document;
}

Result<Response> getActor(Site& site, const Request& request)
{
    if (const auto erased = findUser(*site.database, request.capture("user")); erased && erased->state == "erased") {
        Json document{{"@context", activityStreams}, {"id", site.instance.actorUrl(erased->name)}, {"type", "Tombstone"}, {"formerType", "Person"}};
        return jsonResponse(document, 410, std::string(activityType)).with("Vary", "Accept");
    }
    const User user = TRY(userOfRequest(site, request));
    if (prefersHtml(request))
        return redirect("/@" + user.name).with("Vary", "Accept");
    const Json document = TRY(actorDocumentOf(site, user));
    return activityResponse(refuseUnsigned(site, request) ? keyDocument(document) : document);
}

Result<Response> getInstanceActor(Site& site, const Request&)
{
    return activityResponse(instanceActorDocument(site));
}

Result<Response> getHostMeta(Site& site, const Request&)
{
    return textResponse("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  <Link rel=\"lrdd\" template=\"" + escapeHtml(site.instance.publicUrl) + "/.well-known/webfinger?resource={uri}\"/>\n</XRD>\n",
        "application/xrd+xml; charset=utf-8");
}

Result<Response> getOutbox(Site& site, const Request& request)
{
    const User user = TRY(userOfRequest(site, request));
    if (auto refusal = refuseUnsigned(site, request))
        return std::move(*refusal);
    const std::string id = site.instance.actorUrl(user.name) + "/outbox";
    if (!request.parameter("page"))
        return activityResponse(collectionDocument(id, TRY(countActivities(*site.database, user.id)), id + "?page=true"));
    const Paging paging = TRY(readPaging(request));
    std::vector<Activity> activities = TRY(listActivities(*site.database, user.id, paging.before, outboxPage + 1));
    CollectionPage page;
    page.partOf = id;
    page.id = id + "?page=true" + (paging.before == 0 ? "" : "&cursor=" + std::to_string(paging.before));
    if (activities.size() > outboxPage) {
        activities.pop_back();
        page.next = id + "?page=true&cursor=" + std::to_string(activities.back().seq);
    }
    for (const Activity& activity : activities) {
        Json item = TRY(readJson(activity.bytes));
        item.erase("@context"); // the page has one
        page.items.push_back(std::move(item));
    }
    Json document = collectionPageDocument(page);
    document["@context"] = noteContext();
    return activityResponse(document);
}

} // namespace artdag::server
