// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/take_down.h"

#include "server/db/hash_blocks.h"
#include "server/db/moderation.h"
#include "server/l2/change_asset.h"
#include "server/l2/federation.h"
#include "server/l2/trash.h"

namespace artdag::server {

Result<std::int64_t> takeDown(Site& site, std::string_view owner, std::string_view name, std::int64_t moderator, const std::string& reason)
{
    const auto turn = TRY(site.database->turn("publish"));
    const Work work = TRY(findWork(*site.database, owner, name));
    if (!work.isLiving())
        return fail(Fault::Conflict, "asset '@" + work.owner + "/" + work.name + "': it is gone already");
    const std::int64_t now = nowMicroseconds();
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    TRY(endAsset(site, lease, work, "taken_down", now));
    TRY(blockHash(lease, work.content.digest, reason, moderator));
    if (work.framesHash && work.claim) // unsigned, it is only what somebody said
        TRY(blockHash(lease, work.framesHash->digest, reason, moderator));
    ModerationAction action;
    action.moderator = moderator;
    action.action = "take_down";
    action.targetKind = "work";
    action.target = std::to_string(work.id);
    action.reason = reason;
    const std::int64_t id = TRY(logAction(lease, action));
    TRY(transaction.commit());
    wakeDeliverer(site);
    TRY(trashLater(site, work, now));
    return id;
}

} // namespace artdag::server
