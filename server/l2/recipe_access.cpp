// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/recipe_access.h"

#include "server/db/follows.h"
#include "server/db/hash_blocks.h"
#include "server/db/notifications.h"
#include "server/l2/asset_routes.h"
#include "server/l2/signed_requests.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::int64_t day = 24LL * 3600 * 1'000'000;
constexpr std::int64_t mostADay = 30; // recipes that one account asks for

std::string nameIn(const Work& work)
{
    return "asset '@" + work.owner + "/" + work.name + "'";
}

Result<bool> isBlockedEitherWay(Site& site, Database::Lease& lease, std::int64_t one, std::int64_t other)
{
    const Actor first = TRY(ownActor(lease, site.instance, one));
    const Actor second = TRY(ownActor(lease, site.instance, other));
    return TRY(isBlocked(lease, one, second.id)) || TRY(isBlocked(lease, other, first.id));
}

Result<void> tell(Site& site, Database::Lease& lease, std::int64_t userId, const char* kind, std::int64_t by, const Work& work, const char* place)
{
    Notification notification;
    notification.kind = kind;
    notification.actor = TRY(ownActor(lease, site.instance, by));
    notification.workId = work.id;
    notification.url = site.instance.publicUrl + "/asset/@" + work.owner + "/" + work.name + place;
    return addNotification(lease, userId, notification);
}

} // namespace

Result<bool> isFollower(Site& site, const Request& request, std::int64_t ownerId)
{
    const auto signer = request.caller.userId == 0 ? signerOf(site, request) : std::nullopt;
    if (request.caller.userId == 0 && !signer)
        return false;
    auto lease = TRY(site.database->lease());
    const std::int64_t actor = signer ? signer->id : TRY(ownActor(lease, site.instance, request.caller.userId)).id;
    return TRY(followerState(lease, ownerId, actor)) == "accepted";
}

Result<Work> workToRead(Site& site, const Request& request)
{
    auto seen = workOfRequest(site, request);
    const bool isOneOf = std::ranges::any_of(request.captures, [](const auto& capture) { return capture.first == "user"; });
    if (seen || !isOneOf)
        return seen;
    Work work = TRY(findWork(*site.database, request.capture("user"), request.capture("name")));
    if (work.isLiving() && work.visibility == "followers" && TRY(isFollower(site, request, work.ownerId)))
        return work;
    return seen;
}

Result<bool> mayReadKept(Site& site, const Request& request, const Work& work, const KeptRecipe& kept)
{
    const std::int64_t asker = request.caller.userId;
    if (TRY(isHashBlocked(*site.database, kept.id.digest)))
        return false;
    if (asker != 0 && asker == work.ownerId)
        return true;
    if (kept.access == "followers")
        return isFollower(site, request, work.ownerId);
    if (kept.access != "request" || asker == 0)
        return false;
    auto lease = TRY(site.database->lease());
    const auto asked = TRY(findRecipeRequest(lease, work.id, asker));
    return asked && asked->state == "granted" && !TRY(isBlockedEitherWay(site, lease, work.ownerId, asker));
}

Result<std::optional<ContentId>> recipeFor(Site& site, const Request& request, const Work& work)
{
    if (work.recipe)
        return work.recipe;
    const auto kept = TRY(keptRecipeOf(*site.database, work.id));
    if (kept && TRY(mayReadKept(site, request, work, *kept)))
        return std::optional(kept->id);
    return std::optional<ContentId>();
}

Result<std::optional<Asked>> askForRecipe(Site& site, const Caller& caller, const Work& work)
{
    const auto kept = TRY(keptRecipeOf(*site.database, work.id));
    if (!kept || kept->access != "request")
        return fail(Fault::NotFound, nameIn(work) + ": its recipe is not to be asked for");
    if (work.ownerId == caller.userId)
        return fail(Fault::BadInput, nameIn(work) + ": it is your own");
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    if (TRY(isBlockedEitherWay(site, lease, work.ownerId, caller.userId)))
        return fail(Fault::Denied, nameIn(work) + ": you cannot ask for its recipe");
    const std::int64_t now = nowMicroseconds();
    const bool isKnown = TRY(findRecipeRequest(lease, work.id, caller.userId)).has_value();
    if (!isKnown && TRY(countRecipeRequests(lease, caller.userId, now - day)) >= mostADay)
        return std::optional<Asked>();
    Asked asked;
    asked.isNew = TRY(addRecipeRequest(lease, work.id, caller.userId, now));
    if (asked.isNew)
        TRY(tell(site, lease, work.ownerId, "recipe_request", caller.userId, work, "/recipe/requests"));
    asked.request = TRY(findRecipeRequest(lease, work.id, caller.userId)).value_or(RecipeRequest{});
    TRY(transaction.commit());
    return std::optional(std::move(asked));
}

Result<RecipeRequest> answerRecipeRequest(Site& site, const Work& work, std::int64_t userId, bool accept)
{
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    if (userId == 0 || !TRY(findRecipeRequest(lease, work.id, userId)))
        return fail(Fault::NotFound, nameIn(work) + ": this account did not ask for its recipe");
    if (TRY(decideRecipeRequest(lease, work.id, userId, accept ? "granted" : "refused", nowMicroseconds())))
        TRY(tell(site, lease, userId, accept ? "recipe_granted" : "recipe_refused", work.ownerId, work, ""));
    RecipeRequest request = TRY(findRecipeRequest(lease, work.id, userId)).value_or(RecipeRequest{});
    TRY(transaction.commit());
    return request;
}

} // namespace artdag::server
