// SPDX-License-Identifier: GPL-3.0-or-later
// Undo of a Follow, Like or Announce. The inner activity may have the id that we know, another, or none: what counts is who
// did what to whom.
#include "core/federation/activity_fields.h"
#include "server/db/follows.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

namespace {

Result<void> undoFollow(Received& received, const std::string& followedUri)
{
    const std::string user = ourUserOf(received.site.instance, followedUri);
    const auto followed = user.empty() ? fail(Fault::NotFound, "") : ownActor(received.lease, received.site.instance, user);
    if (followed)
        TRY(removeFollower(received.lease, followed->userId, received.actor.id));
    return {};
}

Result<void> removeOwn(Received& received, const std::optional<Interaction>& interaction)
{
    if (interaction && interaction->actor.id == received.actor.id)
        TRY(removeInteraction(received.lease, interaction->id));
    return {};
}

} // namespace

Result<void> takeUndo(Received& received)
{
    const Json inner = objectOf(received.activity, "object");
    const std::string type = textOf(inner, "type");
    const std::string object = idOf(inner, "object");
    if (!textOf(inner, "actor").empty() && idOf(inner, "actor") != received.actor.uri)
        return fail(Fault::Denied, "Undo: of somebody else's activity");
    if (type == "Follow")
        return undoFollow(received, object);
    if (type == "Like" || type == "EmojiReact" || type == "Announce") {
        const auto known = TRY(findInteraction(received.lease, type == "Announce" ? "announce" : "like", received.actor.id, object));
        return removeOwn(received, known ? known : TRY(findInteraction(received.lease, textOf(inner, "id"))));
    }
    const std::string id = idOf(received.activity, "object");
    TRY(removeOwn(received, TRY(findInteraction(received.lease, id))));
    return removeFollowerByUri(received.lease, received.actor.id, id);
}

} // namespace artdag::server
