// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/interaction_routes.h"

#include "core/federation/activity_fields.h"
#include "core/federation/vocabulary.h"
#include "server/db/follows.h"
#include "server/db/interactions.h"
#include "server/db/notifications.h"
#include "server/l2/bodies.h"
#include "server/l2/federation.h"
#include "server/l2/fetch_document.h"
#include "server/l2/our_urls.h"
#include "server/l2/publish_asset.h"
#include "server/l2/remote_actors.h"
#include "server/l2/send_activity.h"
#include "server/l2/social_documents.h"

namespace artdag::server {

namespace {

/// What is liked, boosted or answered: a work here, a reply to one, or something of another server.
struct Target {
    std::string uri;
    std::string author; ///< an actor's id
    std::optional<AnsweredWork> work;
};

Result<Target> targetOf(Site& site, const Request& request, const std::string& uri)
{
    auto lease = TRY(site.database->lease());
    Target target{uri, "", std::nullopt};
    if (const auto content = contentOfObjectUrl(site.instance, uri)) {
        target.work = TRY(findAnsweredWork(lease, *content));
        if (!target.work || (!target.work->isOpen() && target.work->ownerId != request.caller.userId))
            return fail(Fault::NotFound, "object " + uri + ": there is no such work here");
        target.author = site.instance.actorUrl(target.work->owner);
        return target;
    }
    if (const auto reply = TRY(findInteraction(lease, uri))) {
        target.author = reply->actor.uri;
        if (reply->workId != 0)
            target.work = TRY(findAnsweredWork(lease, reply->workId));
    }
    return target;
}

/// The author of something that is not known here.
Result<void> askOrigin(Site& site, Target& target)
{
    if (!target.author.empty())
        return {};
    if (isOurs(site.instance, target.uri))
        return fail(Fault::NotFound, "object " + target.uri + ": there is no such object here");
    const FetchedDocument fetched = TRY(fetchDocument(site, target.uri));
    if (fetched.gone)
        return fail(Fault::NotFound, "object " + target.uri + ": it is gone");
    target.uri = textOf(fetched.document, "id");
    target.author = idOf(fetched.document, "attributedTo");
    if (originOfUrl(target.author) != originOfUrl(target.uri))
        return fail(Fault::Denied, "object " + target.uri + ": its author lives on another server");
    TRY(findOrFetchActor(site, target.author));
    return {};
}

Result<std::string> kindOf(const Json& body)
{
    const std::string type = TRY(requiredText(body, "type", 20));
    if (type == "Like")
        return std::string("like");
    if (type == "Announce")
        return std::string("announce");
    if (type == "Reply")
        return std::string("reply");
    return fail(Fault::BadInput, "'type': must be Like, Announce or Reply");
}

std::string htmlOf(const std::string& text)
{
    std::string html = "<p>" + escapeHtml(text) + "</p>";
    for (std::size_t at = 0; (at = html.find('\n', at)) != std::string::npos;)
        html.replace(at, 1, "<br>");
    return html;
}

Json replyNote(const std::string& id, const Actor& own, const Target& target, const std::string& content)
{
    Json tags = Json::array();
    Json cc = Json::array({own.followersUrl});
    if (target.author != own.uri) {
        cc.push_back(target.author);
        tags.push_back(Json{{"type", "Mention"}, {"href", target.author}, {"name", target.author}});
    }
    return {{"id", id}, {"type", "Note"}, {"attributedTo", own.uri}, {"published", isoTime(nowMicroseconds())}, {"to", Json::array({publicCollection})}, {"cc", std::move(cc)}, {"inReplyTo", target.uri}, {"url", id},
        {"content", htmlOf(content)}, {"tag", std::move(tags)}};
}

Result<Activity> send(Site& site, Database::Lease& lease, const Actor& own, const Target& target, const std::string& kind, const std::string& content, Interaction& interaction)
{
    const std::int64_t workId = target.work ? target.work->id : 0;
    if (kind == "like")
        return sendActivity(site, lease, own, "Like", towardsMembers(target.uri, target.author), workId);
    if (kind == "announce")
        return sendActivity(site, lease, own, "Announce", boostMembers(target.uri, own.followersUrl, target.author), workId);
    const std::string uuid = uuidV7(nowMicroseconds());
    interaction.uri = site.instance.publicUrl + "/notes/" + uuid;
    interaction.url = interaction.uri;
    interaction.inReplyTo = target.uri;
    Json note = replyNote(interaction.uri, own, target, content);
    interaction.content = note["content"].get<std::string>();
    Json members{{"to", note["to"]}, {"cc", note["cc"]}};
    members["object"] = std::move(note);
    return sendActivity(site, lease, own, "Create", std::move(members), workId, uuid);
}

Result<void> tellOwner(Database::Lease& lease, const Actor& own, const Target& target, const Interaction& interaction)
{
    if (!target.work || target.work->ownerId == own.userId)
        return {};
    Notification notification;
    notification.kind = interaction.kind;
    notification.actor = own;
    notification.workId = target.work->id;
    notification.url = interaction.url;
    return addNotification(lease, target.work->ownerId, notification);
}

/// Stored, told to a local owner, sent to others. Gives the id; what was there already stays.
Result<std::pair<std::string, bool>> interact(Site& site, Database::Lease& lease, const Actor& own, const Target& target, const std::string& kind, const std::string& content)
{
    if (kind != "reply")
        if (const auto known = TRY(findInteraction(lease, kind, own.id, target.uri)))
            return std::pair(known->uri, false);
    if (target.work && TRY(isBlocked(lease, target.work->ownerId, own.id)))
        return fail(Fault::Denied, "object " + target.uri + ": its owner does not want that");
    Interaction interaction;
    interaction.kind = kind;
    interaction.actor = own;
    interaction.objectUri = target.uri;
    interaction.workId = target.work ? target.work->id : 0;
    const Activity activity = TRY(send(site, lease, own, target, kind, content, interaction));
    if (interaction.uri.empty())
        interaction.uri = activityUrl(site.instance, activity);
    interaction.createdAt = activity.published;
    TRY(addInteraction(lease, interaction));
    TRY(tellOwner(lease, own, target, interaction));
    return std::pair(interaction.uri, true);
}

/// Who gets to know that a reply is gone: everyone it was told to.
Result<Json> readersOf(Site& site, const Interaction& reply)
{
    const Activity create = TRY(findActivity(*site.database, std::string_view(reply.uri).substr(reply.uri.rfind('/') + 1)));
    const Json document = TRY(readJson(create.bytes));
    return Json{{"to", document["to"]}, {"cc", document["cc"]}};
}

Result<void> withdraw(Site& site, Database::Lease& lease, const Actor& own, const Interaction& interaction)
{
    TRY(removeInteraction(lease, interaction.id));
    if (interaction.kind == "reply") {
        Json members = TRY(readersOf(site, interaction));
        members["object"] = Json{{"id", interaction.uri}, {"type", "Tombstone"}};
        TRY(sendActivity(site, lease, own, "Delete", std::move(members)));
        return {};
    }
    const Activity activity = TRY(findActivity(*site.database, std::string_view(interaction.uri).substr(interaction.uri.rfind('/') + 1)));
    TRY(sendActivity(site, lease, own, "Undo", undoMembers(TRY(readJson(activity.bytes))), interaction.workId));
    return {};
}

} // namespace

Result<Response> postInteractions(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    const std::string kind = TRY(kindOf(body));
    const std::string content = kind == "reply" ? TRY(requiredText(body, "content", 5000)) : std::string();
    Target target = TRY(targetOf(site, request, TRY(requiredText(body, "object", 2000))));
    TRY(askOrigin(site, target));
    std::pair<std::string, bool> done;
    {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        const Actor own = TRY(ownActor(lease, site.instance, request.caller.userId));
        done = TRY(interact(site, lease, own, target, kind, content));
        TRY(transaction.commit());
    }
    wakeDeliverer(site);
    return jsonResponse(Json{{"id", done.first}, {"type", body["type"]}, {"object", target.uri}}, done.second ? 201 : 200);
}

Result<Response> deleteInteractions(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    const std::string kind = TRY(kindOf(body));
    const std::string object = TRY(requiredText(body, "object", 2000));
    {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        const Actor own = TRY(ownActor(lease, site.instance, request.caller.userId));
        const auto interaction = kind == "reply" ? TRY(findInteraction(lease, object)) : TRY(findInteraction(lease, kind, own.id, object));
        if (!interaction || interaction->actor.id != own.id || interaction->kind != kind)
            return fail(Fault::NotFound, "interaction: you did not do that");
        TRY(withdraw(site, lease, own, *interaction));
        TRY(transaction.commit());
    }
    wakeDeliverer(site);
    Response response;
    response.status = 204;
    return response;
}

} // namespace artdag::server
