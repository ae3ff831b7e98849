// SPDX-License-Identifier: GPL-3.0-or-later
// Announce: a boost of a work of ours, or somebody followed here shows what another wrote.
#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/db/jobs.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

Result<void> takeAnnounce(Received& received)
{
    const std::string object = idOf(received.activity, "object");
    if (const auto work = TRY(answeredWork(received, object)); work && work->isOpen()) {
        Interaction boost;
        boost.kind = "announce";
        boost.uri = received.id;
        boost.objectUri = object;
        boost.visibility = visibilityOf(received.activity, received.actor.followersUrl);
        return addAnswer(received, *work, std::move(boost));
    }
    if (isOurs(received.site.instance, object) || originOfUrl(object).empty() || TRY(usersFollowing(received.lease, received.actor.id)).empty())
        return {};
    return addJob(received.lease, "boost", received.id, Json{{"object", object}, {"by", received.actor.id}}, received.now);
}

} // namespace artdag::server
