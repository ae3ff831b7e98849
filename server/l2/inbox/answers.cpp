// SPDX-License-Identifier: GPL-3.0-or-later
// Likes, boosts and replies: what they answer, and who is told.
#include "core/federation/activity_fields.h"
#include "server/db/domain_blocks.h"
#include "server/db/follows.h"
#include "server/db/notifications.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/our_urls.h"

namespace artdag::server {

Result<std::optional<AnsweredWork>> answeredWork(Received& received, const std::string& uri)
{
    if (const auto content = contentOfObjectUrl(received.site.instance, uri))
        return findAnsweredWork(received.lease, *content);
    const auto reply = TRY(findInteraction(received.lease, uri));
    if (reply && reply->workId != 0)
        return findAnsweredWork(received.lease, reply->workId);
    return std::optional<AnsweredWork>();
}

Result<void> addAnswer(Received& received, const AnsweredWork& work, Interaction interaction)
{
    if (TRY(isBlocked(received.lease, work.ownerId, received.actor.id)))
        return {};
    interaction.hidden = TRY(standingOf(received.lease, received.actor)).isHidden();
    interaction.actor = received.actor;
    interaction.workId = work.id;
    interaction.createdAt = received.now;
    if (!TRY(addInteraction(received.lease, interaction)) || interaction.hidden || received.actor.userId == work.ownerId)
        return {};
    Notification notification;
    notification.kind = interaction.kind;
    notification.actor = received.actor;
    notification.workId = work.id;
    notification.url = interaction.url;
    return addNotification(received.lease, work.ownerId, notification);
}

} // namespace artdag::server
