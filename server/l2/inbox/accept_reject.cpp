// SPDX-License-Identifier: GPL-3.0-or-later
// Accept and Reject: count only for a follow that we sent to exactly this actor. A Reject may come long after the Accept.
#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/db/notifications.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

namespace {

/// Whose follow it is: by its id, else by the actor that the answer repeats.
Result<std::int64_t> followingUser(Received& received)
{
    const std::int64_t byUri = TRY(userOfFollowing(received.lease, received.actor.id, idOf(received.activity, "object")));
    if (byUri != 0)
        return byUri;
    const Json inner = objectOf(received.activity, "object");
    const std::string user = ourUserOf(received.site.instance, idOf(inner, "actor"));
    if (textOf(inner, "type") != "Follow" || user.empty() || idOf(inner, "object") != received.actor.uri)
        return 0;
    const auto own = ownActor(received.lease, received.site.instance, user);
    return own ? own->userId : 0;
}

} // namespace

Result<void> takeAcceptOrReject(Received& received)
{
    const std::int64_t userId = TRY(followingUser(received));
    if (userId == 0)
        return {};
    if (textOf(received.activity, "type") == "Accept")
        return acceptFollowing(received.lease, userId, received.actor.id);
    TRY(removeFollowing(received.lease, userId, received.actor.id));
    return {};
}

} // namespace artdag::server
