// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/social_routes.h"

#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/l2/actor_routes.h"
#include "server/l2/bodies.h"
#include "server/l2/federation.h"
#include "server/l2/follow_actors.h"
#include "server/l2/remote_actors.h"
#include "server/l2/send_activity.h"
#include "server/l2/social_documents.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr int listLength = 100;
constexpr std::size_t mostAliases = 10;

Json followJson(const Follow& follow)
{
    return {{"account", follow.actor.account()}, {"actor", follow.actor.uri}, {"name", follow.actor.displayName}, {"state", follow.state}, {"since", isoTime(follow.createdAt)}};
}

/// Something done by the caller towards one other account, in one transaction.
template <class Do>
Result<Response> towards(Site& site, const Request& request, const std::string& account, Do&& what)
{
    const Actor other = TRY(actorOfAccount(site, account));
    Response response;
    {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        const Actor own = TRY(ownActor(lease, site.instance, request.caller.userId));
        response = TRY(what(lease, own, other));
        TRY(transaction.commit());
    }
    wakeDeliverer(site);
    return response;
}

Result<std::string> accountOf(const Request& request)
{
    return requiredText(TRY(readObject(request)), "account", 2000);
}

Response nothingMore()
{
    Response response;
    response.status = 204;
    return response;
}

Result<bool> flagOf(const Json& body, const char* name)
{
    const auto member = body.find(name);
    if (member == body.end() || !member->is_boolean())
        return fail(Fault::BadInput, std::string("'") + name + "': must be true or false");
    return member->get<bool>();
}

} // namespace

Result<Response> getFollows(Site& site, const Request& request)
{
    const std::string which = request.parameter("which").value_or("following");
    auto lease = TRY(site.database->lease());
    std::vector<Follow> follows;
    if (which == "following")
        follows = TRY(followingOf(lease, request.caller.userId, {}, listLength));
    else if (which == "followers" || which == "requests")
        follows = TRY(followersOf(lease, request.caller.userId, which == "followers" ? "accepted" : "pending", {}, listLength));
    else
        return fail(Fault::BadInput, "which: must be following, followers or requests");
    Json items = Json::array();
    for (const Follow& follow : follows)
        items.push_back(followJson(follow));
    return jsonResponse(Json{{"items", std::move(items)}});
}

Result<Response> postFollows(Site& site, const Request& request)
{
    return towards(site, request, TRY(accountOf(request)), [&](Database::Lease& lease, const Actor& own, const Actor& other) -> Result<Response> {
        const std::string state = TRY(followActor(site, lease, own, other));
        return jsonResponse(Json{{"account", other.account()}, {"actor", other.uri}, {"state", state}}, state == "accepted" ? 200 : 202);
    });
}

Result<Response> deleteFollows(Site& site, const Request& request)
{
    return towards(site, request, TRY(accountOf(request)), [&](Database::Lease& lease, const Actor& own, const Actor& other) -> Result<Response> {
        if (!TRY(unfollowActor(site, lease, own, other)))
            return fail(Fault::NotFound, "account " + other.account() + ": you do not follow it");
        return nothingMore();
    });
}

Result<Response> patchFollows(Site& site, const Request& request)
{
    const bool approval = TRY(flagOf(TRY(readObject(request)), "approval"));
    auto lease = TRY(site.database->lease());
    TRY(setApprovesFollowers(lease, request.caller.userId, approval));
    return jsonResponse(Json{{"approval", approval}});
}

Result<Response> postFollowRequests(Site& site, const Request& request)
{
    const bool accept = TRY(flagOf(TRY(readObject(request)), "accept"));
    return towards(site, request, TRY(accountOf(request)), [&](Database::Lease& lease, const Actor& own, const Actor& other) -> Result<Response> {
        TRY(answerFollower(site, lease, own, other, accept));
        return nothingMore();
    });
}

Result<Response> postBlocks(Site& site, const Request& request)
{
    return towards(site, request, TRY(accountOf(request)), [&](Database::Lease& lease, const Actor& own, const Actor& other) -> Result<Response> {
        if (own.id == other.id)
            return fail(Fault::BadInput, "'account': it is your own");
        TRY(unfollowActor(site, lease, own, other));
        TRY(addBlock(lease, own.userId, other.id));
        if (other.isOurs()) {
            TRY(removeFollowing(lease, other.userId, own.id));
            TRY(removeFollower(lease, other.userId, own.id));
        } else {
            TRY(sendActivity(site, lease, own, "Block", towardsMembers(other.uri, other.uri)));
        }
        return nothingMore();
    });
}

Result<Response> deleteBlocks(Site& site, const Request& request)
{
    return towards(site, request, TRY(accountOf(request)), [&](Database::Lease& lease, const Actor& own, const Actor& other) -> Result<Response> {
        if (!TRY(removeBlock(lease, own.userId, other.id)))
            return fail(Fault::NotFound, "account " + other.account() + ": you do not block it");
        if (!other.isOurs()) {
            const Json block{{"id", own.uri + "#blocks/" + std::to_string(other.id)}, {"type", "Block"}, {"actor", own.uri}, {"object", other.uri}, {"to", Json::array({other.uri})}};
            TRY(sendActivity(site, lease, own, "Undo", undoMembers(block)));
        }
        return nothingMore();
    });
}

Result<Response> postAliases(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    const bool remove = body.contains("remove") && TRY(flagOf(body, "remove"));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    const Actor other = TRY(actorOfAccount(site, TRY(requiredText(body, "account", 2000))));
    Whereabouts whereabouts;
    {
        auto lease = TRY(site.database->lease());
        whereabouts = TRY(whereaboutsOf(lease, user.id));
        std::erase(whereabouts.alsoKnownAs, other.uri);
        if (!remove)
            whereabouts.alsoKnownAs.push_back(other.uri);
        if (whereabouts.alsoKnownAs.size() > mostAliases)
            return fail(Fault::BadInput, "'account': at most " + std::to_string(mostAliases) + " other accounts");
        TRY(setWhereabouts(lease, user.id, whereabouts));
    }
    const Json document = TRY(actorDocumentOf(site, user));
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(sendProfile(site, lease, TRY(ownActor(lease, site.instance, user.id)), document));
    TRY(transaction.commit());
    return jsonResponse(Json{{"also_known_as", whereabouts.alsoKnownAs}});
}

Result<Response> postMove(Site& site, const Request& request)
{
    const Actor found = TRY(actorOfAccount(site, TRY(requiredText(TRY(readObject(request)), "to", 2000))));
    const Actor target = found.isOurs() ? found : TRY(refetchActor(site, found)); // it may have said so just now
    const std::string ownUri = site.instance.actorUrl(request.caller.user);
    std::vector<std::string> names;
    if (target.isOurs()) {
        auto lease = TRY(site.database->lease());
        names = TRY(whereaboutsOf(lease, target.userId)).alsoKnownAs;
    } else if (!target.document.empty()) {
        names = idsOf(TRY(readJson(target.document)), "alsoKnownAs");
    }
    if (std::ranges::find(names, ownUri) == names.end())
        return fail(Fault::Denied, "account " + target.account() + ": it does not say that it is yours; add " + site.instance.account(request.caller.user) + " to its other accounts first");
    {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        const Actor own = TRY(ownActor(lease, site.instance, request.caller.userId));
        Whereabouts whereabouts = TRY(whereaboutsOf(lease, own.userId));
        whereabouts.movedTo = target.uri;
        TRY(setWhereabouts(lease, own.userId, whereabouts));
        TRY(sendActivity(site, lease, own, "Move", Json{{"to", Json::array({own.followersUrl})}, {"object", own.uri}, {"target", target.uri}}));
        TRY(transaction.commit());
    }
    wakeDeliverer(site);
    return jsonResponse(Json{{"moved_to", target.uri}});
}

} // namespace artdag::server
