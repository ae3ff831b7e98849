// SPDX-License-Identifier: GPL-3.0-or-later
// Block: who blocks one of ours is left alone: the follows between the two end. Nobody is told.
#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

Result<void> takeBlock(Received& received)
{
    const std::string user = ourUserOf(received.site.instance, idOf(received.activity, "object"));
    const auto blocked = user.empty() ? fail(Fault::NotFound, "") : ownActor(received.lease, received.site.instance, user);
    if (!blocked)
        return {};
    TRY(removeFollower(received.lease, blocked->userId, received.actor.id));
    TRY(removeFollowing(received.lease, blocked->userId, received.actor.id));
    return {};
}

} // namespace artdag::server
