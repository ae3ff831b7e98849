// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/publish_again.h"

#include "server/l2/trash.h"

namespace artdag::server {

namespace {

/// As its owner would send it to POST /assets.
Result<Json> bodyOf(Site& site, const Work& work)
{
    const std::string name = work.name.substr(0, work.name.find('~')); // another work may have taken it, and be gone as well
    Json body{{"name", name}, {"content_hash", work.content.text()}, {"asset_type", work.assetType}, {"description", work.description}, {"alt", work.alt}, {"warning", work.warning}, {"visibility", work.visibility}};
    if (work.poster)
        body["poster"] = work.poster->text();
    if (work.claim)
        body["claim"] = TRY(readJson(TRY(claimBytes(*site.database, *work.claim))));
    if (work.manifest)
        body["manifest"] = TRY(readJson(TRY(manifestBytes(*site.database, *work.manifest))));
    if (work.claim)
        return body;
    body.update(Json{{"title", work.title}, {"license", work.license}, {"tags", work.tags}, {"provenance", work.provenance}});
    if (work.framesHash)
        body["frames_hash"] = work.framesHash->text();
    return body;
}

} // namespace

std::int64_t keptUntil(const Work& work)
{
    return work.endedAt + trashAfter;
}

Result<tl::expected<Published, Standing>> publishAgain(Site& site, const Caller& caller, const Work& work)
{
    if (work.state != "withdrawn" || work.ownerId != caller.userId)
        return fail(Fault::Conflict, "asset '@" + work.owner + "/" + work.name + "': its owner did not withdraw it");
    if (nowMicroseconds() >= keptUntil(work))
        return fail(Fault::Conflict, "asset '@" + work.owner + "/" + work.name + "': its bytes have left the trash; publish it as you did the first time");
    return publishAsset(site, caller, TRY(bodyOf(site, work)));
}

} // namespace artdag::server
