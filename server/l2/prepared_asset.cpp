// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/prepared_asset.h"

#include "server/db/recorded_runs.h"
#include "server/l2/author_proof.h"
#include "server/l2/bodies.h"

namespace artdag::server {

namespace {

constexpr std::int64_t signingTime = 3600LL * 1'000'000;

DraftTime timeOf(const PreparedActivity& prepared)
{
    const Json& time = prepared.request["time"];
    return {time["now"].get<std::int64_t>(), prepared.uuid, time["media"].get<std::string>(), time["poster"].get<std::string>()};
}

} // namespace

Result<tl::expected<Preparation, Standing>> prepareAsset(Site& site, const Caller& caller, const Json& body)
{
    using Outcome = tl::expected<Preparation, Standing>;
    const auto turn = TRY(site.database->turn("publish"));
    const DraftTime time = draftTimeNow();
    const Draft draft = TRY(draftAsset(site, caller, body, time));
    if (draft.standing)
        return Outcome(tl::unexpect, *draft.standing);
    if (draft.published)
        return fail(Fault::Conflict, "asset '@" + draft.published->owner + "/" + draft.published->name + "': you published these bytes before");
    PreparedActivity prepared;
    prepared.uuid = time.uuid;
    prepared.userId = caller.userId;
    prepared.request = Json{{"body", body}, {"time", Json{{"now", time.now}, {"media", time.mediaToken}, {"poster", time.posterToken}}}};
    prepared.document = draft.added.activity->bytes;
    prepared.expires = time.now + signingTime;
    TRY(addPrepared(*site.database, prepared));
    return Outcome(Preparation{prepared.uuid, TRY(readJson(prepared.document)), prepared.expires});
}

Result<tl::expected<Published, Standing>> publishPrepared(Site& site, const Caller& caller, const Json& body)
{
    const PreparedActivity prepared = TRY(findPrepared(*site.database, TRY(requiredText(body, "prepared", 64)), caller.userId));
    const auto proof = body.find("proof");
    if (proof == body.end() || !proof->is_object())
        return fail(Fault::BadInput, "'proof': must be your signature of the activity");
    Json document = TRY(readJson(prepared.document));
    TRY(checkAuthorProof(site, caller.userId, caller.user, document, *proof));

    const auto turn = TRY(site.database->turn("publish"));
    Draft draft = TRY(draftAsset(site, caller, prepared.request["body"], timeOf(prepared)));
    if (draft.added.activity) {
        if (draft.added.activity->bytes != prepared.document)
            return fail(Fault::Conflict, "'prepared': something was published meanwhile that changes this activity; prepare it again");
        document["proof"] = *proof;
        draft.added.activity->bytes = document.dump();
    }
    auto outcome = TRY(publishDraft(site, std::move(draft)));
    TRY(forgetPrepared(*site.database, prepared.uuid));
    return outcome;
}

} // namespace artdag::server
