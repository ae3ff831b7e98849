// SPDX-License-Identifier: GPL-3.0-or-later
// Delete: of the actor itself, or of something that it wrote. Exactly the author may, not just anybody of the same server.
#include "core/federation/activity_fields.h"
#include "server/db/posts.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

Result<void> takeDelete(Received& received)
{
    const std::string id = idOf(received.activity, "object");
    if (id == received.actor.uri)
        return markGone(received.lease, received.actor.id, received.now);
    const auto answer = TRY(findInteraction(received.lease, id));
    const auto post = TRY(findPost(received.lease, id));
    if ((answer && answer->actor.id != received.actor.id) || (post && post->actor.id != received.actor.id))
        return fail(Fault::Denied, "Delete: of somebody else's object");
    if (answer) {
        TRY(queuePassingOn(received, *answer));
        TRY(removeInteraction(received.lease, answer->id));
    }
    if (post)
        TRY(removePost(received.lease, post->id));
    return {};
}

} // namespace artdag::server
