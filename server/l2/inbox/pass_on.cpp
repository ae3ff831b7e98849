// SPDX-License-Identifier: GPL-3.0-or-later
// Replies that ask to be passed on to the followers of the one who is answered (ActivityPub §7.1.2). Whoever gets them from us
// can believe only the signature that they carry, so one that carries none stays here.
#include "core/federation/activity_fields.h"
#include "server/db/jobs.h"
#include "server/l2/inbox/activities.h"

#include <algorithm>

namespace artdag::server {

Result<void> queuePassingOn(Received& received, const Interaction& reply)
{
    if (reply.kind != "reply" || reply.hidden || received.body.empty() || (!received.activity.contains("signature") && !received.activity.contains("proof")))
        return {};
    const auto work = TRY(findAnsweredWork(received.lease, reply.workId));
    const std::vector<std::string> addressees = addresseesOf(received.activity);
    if (!work || !work->isOpen() || std::ranges::find(addressees, received.site.instance.actorUrl(work->owner) + "/followers") == addressees.end())
        return {};
    return addJob(received.lease, "pass-on", received.id, Json{{"bytes", std::string(received.body)}, {"actor", received.actor.uri}, {"user", work->ownerId}}, received.now);
}

} // namespace artdag::server
