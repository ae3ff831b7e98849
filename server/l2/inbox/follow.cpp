// SPDX-License-Identifier: GPL-3.0-or-later
// Follow: answered every time it comes, since a peer that asks again has lost the answer.
#include "core/federation/activity_fields.h"
#include "server/db/domain_blocks.h"
#include "server/db/follows.h"
#include "server/db/notifications.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/send_activity.h"
#include "server/l2/social_documents.h"

namespace artdag::server {

Result<void> takeFollow(Received& received)
{
    const std::string user = ourUserOf(received.site.instance, idOf(received.activity, "object"));
    if (user.empty())
        return {};
    const auto followed = ownActor(received.lease, received.site.instance, user);
    if (!followed)
        return {};
    auto answer = [&](const char* type) -> Result<void> {
        TRY(sendActivity(received.site, received.lease, *followed, type, answerMembers(received.id, received.actor.uri, followed->uri)));
        return {};
    };
    const bool moved = !TRY(whereaboutsOf(received.lease, followed->userId)).movedTo.empty();
    if (moved || TRY(isBlocked(received.lease, followed->userId, received.actor.id)))
        return answer("Reject");
    const std::string before = TRY(followerState(received.lease, followed->userId, received.actor.id));
    const bool asks = TRY(approvesFollowers(received.lease, followed->userId)) || TRY(standingOf(received.lease, received.actor)).silenced;
    const std::string state = TRY(addFollower(received.lease, followed->userId, received.actor.id, received.id, asks ? "pending" : "accepted"));
    if (before.empty()) {
        Notification notification;
        notification.kind = state == "accepted" ? "follow" : "follow_request";
        notification.actor = received.actor;
        TRY(addNotification(received.lease, followed->userId, notification));
    }
    return state == "accepted" ? answer("Accept") : Result<void>();
}

} // namespace artdag::server
