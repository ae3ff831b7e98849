// SPDX-License-Identifier: GPL-3.0-or-later
// Move: somebody followed here goes to another account. That account must say so too, which is fetched later.
#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/db/jobs.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

Result<void> takeMove(Received& received)
{
    const std::string target = idOf(received.activity, "target");
    if (idOf(received.activity, "object") != received.actor.uri || originOfUrl(target).empty())
        return {};
    if (TRY(usersFollowing(received.lease, received.actor.id)).empty())
        return {};
    return addJob(received.lease, "move", received.id, Json{{"from", received.actor.uri}, {"to", target}}, received.now);
}

} // namespace artdag::server
