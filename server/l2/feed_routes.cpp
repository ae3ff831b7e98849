// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of interaction_routes.h: /home and /notifications.
#include "core/federation/activity_fields.h"
#include "server/db/notifications.h"
#include "server/db/posts.h"
#include "server/db/works.h"
#include "server/l2/bodies.h"
#include "server/l2/interaction_routes.h"
#include "server/l2/publish_asset.h"
#include "server/l2/shown_html.h"
#include "server/l2/site.h"
#include "server/l2/visits.h"
#include "server/web/social_pages.h"

#include <algorithm>
#include <limits>

namespace artdag::server {

namespace {

Json actorJson(const Actor& actor)
{
    return {{"account", actor.account()}, {"actor", actor.uri}, {"name", actor.displayName}, {"url", actor.url}};
}

struct Entry {
    std::int64_t time = 0;
    Json item;
};

Entry entryOf(const Post& post)
{
    return {post.receivedAt, Json{{"kind", "post"}, {"id", post.uri}, {"url", post.url}, {"author", actorJson(post.actor)}, {"published", isoTime(post.published)}, {"warning", post.summary}, {"content", shownHtml(post.content)}, {"attachments", post.attachments}, {"boosted", post.boostedBy != 0}}};
}

std::string nextUrl(const Site& site, const char* path, const Paging& paging, std::int64_t cursor)
{
    return site.instance.publicUrl + path + "?limit=" + std::to_string(paging.limit) + "&cursor=" + std::to_string(cursor);
}

} // namespace

Result<Response> getHomeFeed(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    const std::int64_t before = paging.before == 0 ? std::numeric_limits<std::int64_t>::max() : paging.before;
    std::vector<Entry> entries;
    std::vector<std::pair<std::int64_t, std::int64_t>> works;
    {
        auto lease = TRY(site.database->lease());
        for (const Post& post : TRY(homePosts(lease, request.caller.userId, before, paging.limit)))
            entries.push_back(entryOf(post));
        works = TRY(homeWorks(lease, request.caller.userId, before, paging.limit));
    }
    for (const auto& [id, time] : works)
        entries.push_back({time, Json{{"kind", "work"}, {"asset", assetJson(site, TRY(findWork(*site.database, id)))}}});
    std::ranges::sort(entries, std::greater(), &Entry::time);
    const auto limit = static_cast<std::size_t>(paging.limit);
    Json items = Json::array();
    for (std::size_t i = 0; i < std::min(limit, entries.size()); ++i)
        items.push_back(std::move(entries[i].item));
    const Json next = entries.size() >= limit ? Json(nextUrl(site, "/home", paging, entries[limit - 1].time)) : Json(nullptr);
    if (prefersHtml(request))
        return feedPage(site, items, next.is_string() ? next.get<std::string>() : "");
    return jsonResponse(Json{{"items", std::move(items)}, {"next", next}}).with("Vary", "Accept");
}

Result<Response> getNotifications(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    auto lease = TRY(site.database->lease());
    const auto notifications = TRY(listNotifications(lease, request.caller.userId, paging.before, paging.limit));
    Json items = Json::array();
    for (const Notification& notification : notifications) {
        Json item{{"id", notification.id}, {"kind", notification.kind}, {"created_at", isoTime(notification.createdAt)}, {"read", notification.readAt != 0}, {"by", notification.actor.id == 0 ? Json(nullptr) : actorJson(notification.actor)},
            {"work", notification.workName.empty() ? Json(nullptr) : Json("@" + notification.workOwner + "/" + notification.workName)}, {"url", notification.url}, {"words", notification.words}};
        items.push_back(std::move(item));
    }
    const Json next = static_cast<int>(notifications.size()) == paging.limit ? Json(nextUrl(site, "/notifications", paging, notifications.back().id)) : Json(nullptr);
    const std::int64_t unread = TRY(countUnread(lease, request.caller.userId));
    if (prefersHtml(request))
        return notificationsPage(site, formToken(site, request), items, unread, next.is_string() ? next.get<std::string>() : "");
    return jsonResponse(Json{{"items", std::move(items)}, {"unread", unread}, {"next", next}}).with("Vary", "Accept");
}

Result<Response> postNotifications(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    const auto upTo = body.find("read_up_to");
    if (upTo == body.end() || !upTo->is_number_integer())
        return fail(Fault::BadInput, "'read_up_to': must be the id of a notification");
    auto lease = TRY(site.database->lease());
    TRY(markNotificationsRead(lease, request.caller.userId, upTo->get<std::int64_t>()));
    Response response;
    response.status = 204;
    return response;
}

} // namespace artdag::server
