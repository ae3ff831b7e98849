// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/collection_routes.h"

#include "core/federation/activity_fields.h"
#include "core/federation/vocabulary.h"
#include "server/db/follows.h"
#include "server/db/interactions.h"
#include "server/db/works.h"
#include "server/l2/actor_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/our_urls.h"
#include "server/l2/signed_requests.h"
#include "server/l2/site.h"

#include <charconv>

namespace artdag::server {

namespace {

constexpr int pageLength = 40;

Response as2(const Json& document)
{
    return jsonResponse(document, 200, std::string(activityType)).with("Vary", "Accept");
}

/// `1764312000000000.17`, as the pages of this server write it.
Result<Cursor> readCursor(const Request& request)
{
    Cursor cursor;
    const auto text = request.parameter("cursor");
    if (!text)
        return cursor;
    const char* end = text->data() + text->size();
    const auto time = std::from_chars(text->data(), end, cursor.time);
    if (time.ec == std::errc{} && time.ptr != end && *time.ptr == '.') {
        const auto id = std::from_chars(time.ptr + 1, end, cursor.id);
        if (id.ec == std::errc{} && id.ptr == end)
            return cursor;
    }
    return fail(Fault::BadInput, "cursor: not one of this server's");
}

std::string cursorText(std::int64_t time, std::int64_t id)
{
    return std::to_string(time) + "." + std::to_string(id);
}

/// A page of ids with the cursor of the following one, empty when it is the last.
Response pageOf(const Request& request, const std::string& id, Json items, const std::string& next)
{
    CollectionPage page;
    page.partOf = id;
    const auto cursor = request.parameter("cursor");
    page.id = id + "?page=true" + (cursor ? "&cursor=" + *cursor : "");
    if (!next.empty())
        page.next = id + "?page=true&cursor=" + next;
    page.items = std::move(items);
    return as2(collectionPageDocument(page));
}

using ListFollows = Result<std::vector<Follow>> (*)(Database::Lease& lease, std::int64_t userId, Cursor before, int limit);
using CountOf = Result<std::int64_t> (*)(Database::Lease& lease, std::int64_t userId);

Result<Response> followsResponse(Site& site, const Request& request, const char* name, CountOf count, ListFollows list)
{
    const User user = TRY(userOfRequest(site, request));
    if (auto refusal = refuseUnsigned(site, request))
        return std::move(*refusal);
    const std::string id = site.instance.actorUrl(user.name) + "/" + name;
    auto lease = TRY(site.database->lease());
    if (!request.parameter("page"))
        return as2(collectionDocument(id, TRY(count(lease, user.id)), id + "?page=true"));
    std::vector<Follow> follows = TRY(list(lease, user.id, TRY(readCursor(request)), pageLength + 1));
    std::string next;
    if (follows.size() > pageLength) {
        follows.pop_back();
        next = cursorText(follows.back().createdAt, follows.back().actor.id);
    }
    Json items = Json::array();
    for (const Follow& follow : follows)
        items.push_back(follow.actor.uri);
    return pageOf(request, id, std::move(items), next);
}

Result<std::vector<Follow>> acceptedFollowers(Database::Lease& lease, std::int64_t userId, Cursor before, int limit)
{
    return followersOf(lease, userId, "accepted", before, limit);
}

Response interactionsPage(const Request& request, const std::string& id, std::vector<Interaction> interactions, std::string Interaction::*shown)
{
    std::string next;
    if (interactions.size() > pageLength) {
        interactions.pop_back();
        next = std::to_string(interactions.back().id);
    }
    Json items = Json::array();
    for (const Interaction& interaction : interactions)
        items.push_back(interaction.*shown);
    return pageOf(request, id, std::move(items), next);
}

Result<Response> answersResponse(Site& site, const Request& request, const char* name, const char* kind)
{
    const auto content = TRY(strictName<ContentId>(request.capture("hash")));
    if (auto refusal = refuseUnsigned(site, request))
        return std::move(*refusal);
    auto lease = TRY(site.database->lease());
    const auto work = TRY(findAnsweredWork(lease, content));
    if (!work || (!work->isOpen() && work->ownerId != request.caller.userId))
        return fail(Fault::NotFound, "object " + content.text() + ": there is no such work here");
    const std::string object = objectUrlOf(site.instance, content);
    const std::string id = object + "/" + name;
    if (!request.parameter("page"))
        return as2(collectionDocument(id, TRY(countInteractions(lease, object, kind)), id + "?page=true"));
    const Paging paging = TRY(readPaging(request));
    return interactionsPage(request, id, TRY(listInteractions(lease, object, kind, paging.before, pageLength + 1)), &Interaction::uri);
}

} // namespace

Result<Response> getFollowers(Site& site, const Request& request)
{
    return followsResponse(site, request, "followers", countFollowers, acceptedFollowers);
}

Result<Response> getFollowing(Site& site, const Request& request)
{
    return followsResponse(site, request, "following", countFollowing, followingOf);
}

Result<Response> getLiked(Site& site, const Request& request)
{
    const User user = TRY(userOfRequest(site, request));
    if (auto refusal = refuseUnsigned(site, request))
        return std::move(*refusal);
    const std::string id = site.instance.actorUrl(user.name) + "/liked";
    auto lease = TRY(site.database->lease());
    const Actor own = TRY(ownActor(lease, site.instance, user.id));
    if (!request.parameter("page"))
        return as2(collectionDocument(id, TRY(countLikesOf(lease, own.id)), id + "?page=true"));
    const Paging paging = TRY(readPaging(request));
    return interactionsPage(request, id, TRY(listLikesOf(lease, own.id, paging.before, pageLength + 1)), &Interaction::objectUri);
}

Result<Response> getReplies(Site& site, const Request& request)
{
    return answersResponse(site, request, "replies", "reply");
}

Result<Response> getLikes(Site& site, const Request& request)
{
    return answersResponse(site, request, "likes", "like");
}

Result<Response> getShares(Site& site, const Request& request)
{
    return answersResponse(site, request, "shares", "announce");
}

Result<Response> getNote(Site& site, const Request& request)
{
    if (auto refusal = prefersHtml(request) ? std::nullopt : refuseUnsigned(site, request))
        return std::move(*refusal);
    const std::string id = site.instance.publicUrl + "/notes/" + request.capture("uuid");
    const Activity activity = TRY(findActivity(*site.database, std::string_view(request.capture("uuid"))));
    const Json create = TRY(readJson(activity.bytes));
    if (idOf(create, "object") != id)
        return fail(Fault::NotFound, "note: there is no such note here");
    auto lease = TRY(site.database->lease());
    const auto reply = TRY(findInteraction(lease, id));
    if (!reply) {
        const Json tombstone{{"@context", activityStreams}, {"id", id}, {"type", "Tombstone"}, {"formerType", "Note"}};
        return jsonResponse(tombstone, 410, std::string(activityType)).with("Vary", "Accept");
    }
    if (prefersHtml(request))
        return redirect(reply->inReplyTo).with("Vary", "Accept");
    Json document{{"@context", noteContext()}};
    for (const auto& [name, value] : create["object"].items())
        document[name] = value;
    return as2(document);
}

} // namespace artdag::server
