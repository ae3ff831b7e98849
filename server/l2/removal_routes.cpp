// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/removal_routes.h"

#include "server/db/hash_blocks.h"
#include "server/db/moderation.h"
#include "server/db/storages.h"
#include "server/db/works.h"
#include "server/l2/bodies.h"
#include "server/l2/take_down.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace artdag::server {

namespace {

constexpr std::array moderators{"owner", "admin", "moderator"};

Result<bool> isModerator(Site& site, const Caller& caller)
{
    return std::ranges::find(moderators, TRY(findUser(*site.database, caller.userId)).role) != moderators.end();
}

Result<void> mustModerate(Site& site, const Caller& caller)
{
    if (!TRY(isModerator(site, caller)))
        return fail(Fault::Denied, "moderation: only the moderators of this server can do this");
    return {};
}

Result<ModerationAction> findModeration(Site& site, std::int64_t id)
{
    auto action = TRY(findAction(*site.database, id));
    if (!action)
        return fail(Fault::NotFound, "moderation action: there is no such one here");
    return std::move(*action);
}

Result<ModerationAction> actionOfRequest(Site& site, const Request& request)
{
    const std::string& text = request.capture("id");
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return fail(Fault::NotFound, "moderation action: there is no such one here");
    return findModeration(site, id);
}

Result<Work> workOfAction(Site& site, const ModerationAction& action)
{
    if (action.action != "take_down")
        return fail(Fault::Conflict, "moderation action: it took nothing down");
    return findWork(*site.database, std::stoll(action.target));
}

Result<Json> actionJson(Site& site, const ModerationAction& action)
{
    Json json{{"id", action.id}, {"action", action.action}, {"moderator", TRY(findUser(*site.database, action.moderator)).name}, {"reason", action.reason}, {"created_at", isoTime(action.createdAt)},
        {"work", nullptr}, {"owner", nullptr}, {"copies_left", nullptr}, {"appeal", nullptr}, {"appeal_state", nullptr}};
    if (action.targetKind == "work") {
        const Work work = TRY(findWork(*site.database, std::stoll(action.target)));
        json["work"] = work.content.text();
        json["owner"] = site.instance.account(work.owner);
        if (action.action == "take_down")
            json["copies_left"] = TRY(copiesOf(*site.database, work.content)).size(); // at storages that did not answer yet
    }
    if (!action.appeal.empty()) {
        json["appeal"] = action.appeal;
        json["appeal_state"] = action.appealState;
    }
    return json;
}

} // namespace

Result<Response> postTakeDown(Site& site, const Request& request)
{
    TRY(mustModerate(site, request.caller));
    const std::string reason = TRY(requiredText(TRY(readObject(request)), "reason", 2000));
    const std::int64_t id = TRY(takeDown(site, request.capture("user"), request.capture("name"), request.caller.userId, reason));
    return jsonResponse(TRY(actionJson(site, TRY(findModeration(site, id)))), 201);
}

Result<Response> getModeration(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    const std::int64_t owner = TRY(isModerator(site, request.caller)) ? 0 : request.caller.userId;
    std::vector<ModerationAction> actions = owner == 0 ? TRY(listActions(*site.database, paging.before, paging.limit + 1)) : TRY(actionsOnWorksOf(*site.database, owner, paging.before, paging.limit + 1));
    const bool more = actions.size() > static_cast<std::size_t>(paging.limit);
    if (more)
        actions.pop_back();
    Json items = Json::array();
    for (const ModerationAction& action : actions)
        items.push_back(TRY(actionJson(site, action)));
    const std::string next = more ? site.instance.publicUrl + "/moderation/actions?cursor=" + std::to_string(actions.back().id) + "&limit=" + std::to_string(paging.limit) : "";
    return jsonResponse(Json{{"items", std::move(items)}, {"next", more ? Json(next) : Json(nullptr)}});
}

Result<Response> postAppeal(Site& site, const Request& request)
{
    const ModerationAction action = TRY(actionOfRequest(site, request));
    const auto work = workOfAction(site, action);
    if (!work || work->ownerId != request.caller.userId)
        return fail(Fault::NotFound, "moderation action: there is no such one about your works");
    TRY(appealAction(*site.database, action.id, TRY(requiredText(TRY(readObject(request)), "words", 5000))));
    return jsonResponse(TRY(actionJson(site, TRY(findModeration(site, action.id)))), 201);
}

Result<Response> postAppealAnswer(Site& site, const Request& request)
{
    TRY(mustModerate(site, request.caller));
    const Json body = TRY(readObject(request));
    if (!body.contains("granted") || !body["granted"].is_boolean())
        return fail(Fault::BadInput, "'granted': must be true or false");
    const bool granted = body["granted"].get<bool>();
    const ModerationAction action = TRY(actionOfRequest(site, request));
    TRY(answerTakeDown(site, action, granted, request.caller.userId, TRY(optionalText(body, "reason", 2000))));
    return jsonResponse(TRY(actionJson(site, TRY(findModeration(site, action.id)))));
}

Result<void> answerTakeDown(Site& site, const ModerationAction& action, bool granted, std::int64_t moderator, std::string reason)
{
    const Work work = TRY(workOfAction(site, action));
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(decideAppeal(lease, action.id, granted));
    if (granted)
        TRY(unblockHash(lease, work.content.digest));
    if (granted && work.framesHash)
        TRY(unblockHash(lease, work.framesHash->digest));
    ModerationAction answer;
    answer.moderator = moderator;
    answer.action = granted ? "grant_appeal" : "refuse_appeal";
    answer.targetKind = "work";
    answer.target = action.target;
    answer.reason = std::move(reason);
    TRY(logAction(lease, answer));
    return transaction.commit();
}

} // namespace artdag::server
