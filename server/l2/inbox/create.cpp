// SPDX-License-Identifier: GPL-3.0-or-later
// Create: a reply to a work, a post of somebody followed, a mention, a work elsewhere that is made from one of ours.
#include "core/federation/activity_fields.h"
#include "server/db/domain_blocks.h"
#include "server/db/follows.h"
#include "server/db/jobs.h"
#include "server/db/notifications.h"
#include "server/db/posts.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/our_urls.h"
#include "server/l2/remote_posts.h"

#include <algorithm>

namespace artdag::server {

namespace {

Result<bool> takeReply(Received& received, const Json& note)
{
    const std::string parent = idOf(note, "inReplyTo");
    const auto work = parent.empty() ? std::nullopt : TRY(answeredWork(received, parent));
    if (!work)
        return false;
    Interaction reply;
    reply.kind = "reply";
    reply.uri = textOf(note, "id");
    reply.objectUri = parent;
    reply.inReplyTo = parent;
    reply.url = linkOf(note);
    reply.content = contentOf(note);
    reply.visibility = visibilityOf(note, received.actor.followersUrl);
    TRY(addAnswer(received, *work, std::move(reply)));
    if (const auto kept = TRY(findInteraction(received.lease, textOf(note, "id"))))
        TRY(queuePassingOn(received, *kept));
    return true;
}

Result<bool> takePost(Received& received, const Json& note)
{
    if (TRY(usersFollowing(received.lease, received.actor.id)).empty())
        return false;
    Post post = postOf(note);
    post.actor = received.actor;
    post.visibility = visibilityOf(note, received.actor.followersUrl);
    if (post.visibility == "direct")
        return false;
    if (TRY(standingOf(received.lease, received.actor)).rejectsMedia)
        post.attachments = Json::array();
    TRY(addPost(received.lease, post));
    return true;
}

Result<bool> takeMentions(Received& received, const Json& note)
{
    bool any = false;
    const bool silenced = TRY(standingOf(received.lease, received.actor)).silenced;
    for (const std::string& to : addresseesOf(note)) {
        const std::string user = ourUserOf(received.site.instance, to);
        const auto mentioned = user.empty() ? fail(Fault::NotFound, "") : ownActor(received.lease, received.site.instance, user);
        if (!mentioned || TRY(isBlocked(received.lease, mentioned->userId, received.actor.id)))
            continue;
        if (silenced && TRY(findFollowing(received.lease, mentioned->userId, received.actor.id)).state != "accepted")
            continue;
        Notification notification;
        notification.kind = "mention";
        notification.actor = received.actor;
        notification.url = linkOf(note);
        TRY(addNotification(received.lease, mentioned->userId, notification));
        any = true;
    }
    return any;
}

/// A work with a claim that names bytes which are a work here: its claim is fetched and checked later.
Result<bool> takeUse(Received& received, const Json& note)
{
    if (textOf(note, "claim").empty() || textOf(note, "contentHash").empty())
        return false;
    for (const char* member : {"inputs", "effects", "recipe"})
        for (const std::string& url : idsOf(note, member)) {
            const auto content = contentOfUrl(url);
            const auto work = content ? TRY(findAnsweredWork(received.lease, *content)) : std::nullopt;
            if (!work || !work->isOpen() || TRY(isBlocked(received.lease, work->ownerId, received.actor.id)))
                continue;
            TRY(addJob(received.lease, "cite", textOf(note, "id"), Json{{"note", note}, {"actor", received.actor.uri}}, received.now));
            return true;
        }
    return false;
}

} // namespace

Result<bool> takeNote(Received& received, const Json& note)
{
    const std::string id = textOf(note, "id");
    if (idOf(note, "attributedTo") != received.actor.uri || originOfUrl(id) != originOfUrl(received.actor.uri))
        return fail(Fault::Denied, "object: it is not its actor's");
    const bool use = TRY(takeUse(received, note));
    if (TRY(takeReply(received, note)))
        return true;
    const bool post = TRY(takePost(received, note));
    const bool mention = TRY(takeMentions(received, note));
    return use || post || mention;
}

Result<void> takeCreate(Received& received)
{
    const Json note = objectOf(received.activity, "object");
    if (textOf(note, "id").empty())
        return {};
    TRY(takeNote(received, note));
    return {};
}

} // namespace artdag::server
