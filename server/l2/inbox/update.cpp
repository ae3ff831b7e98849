// SPDX-License-Identifier: GPL-3.0-or-later
// Update: of the actor itself, of a reply, of a post; only ever of the sender's own.
#include "core/federation/activity_fields.h"
#include "server/db/posts.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/remote_actors.h"
#include "server/l2/remote_posts.h"

namespace artdag::server {

Result<void> takeUpdate(Received& received)
{
    const Json object = objectOf(received.activity, "object");
    const std::string id = textOf(object, "id");
    if (id == received.actor.uri) {
        TRY(putActor(received.lease, TRY(readActor(object))));
        return {};
    }
    const auto reply = TRY(findInteraction(received.lease, id));
    const auto post = TRY(findPost(received.lease, id));
    if ((reply && reply->actor.id != received.actor.id) || (post && post->actor.id != received.actor.id))
        return fail(Fault::Denied, "Update: of somebody else's object");
    if (idOf(object, "attributedTo") != received.actor.uri)
        return {};
    if (reply && reply->kind == "reply") {
        TRY(updateInteraction(received.lease, reply->id, contentOf(object), received.now));
        TRY(queuePassingOn(received, *reply));
    }
    if (post) {
        Post changed = postOf(object);
        changed.id = post->id;
        TRY(updatePost(received.lease, changed));
    }
    return {};
}

} // namespace artdag::server
