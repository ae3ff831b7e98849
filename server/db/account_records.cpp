// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/account_records.h"

#include "server/db/work_rows.h"

namespace artdag::server {

namespace {

Result<std::vector<std::string>> textsOf(Database& database, std::string_view sql, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(sql));
    query->bind(1, userId);
    std::vector<std::string> texts;
    while (TRY(query->step()))
        texts.push_back(query->text(0));
    return texts;
}

} // namespace

Result<std::vector<Work>> allWorksOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE owner_id = $1 ORDER BY works.id"));
    query->bind(1, userId);
    return worksOf(*query);
}

Result<std::vector<Activity>> allActivitiesOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT seq, uuid, type, exact_bytes, published FROM activities WHERE user_id = $1 ORDER BY seq"));
    query->bind(1, userId);
    std::vector<Activity> activities;
    while (TRY(query->step())) {
        Activity activity;
        activity.seq = query->integer(0);
        activity.uuid = query->text(1);
        activity.userId = userId;
        activity.type = query->text(2);
        activity.bytes = query->text(3);
        activity.published = query->integer(4);
        activities.push_back(std::move(activity));
    }
    return activities;
}

Result<std::vector<std::string>> followedBy(Database& database, std::int64_t userId)
{
    return textsOf(database, "SELECT uri FROM following JOIN actors ON actors.id = actor_id WHERE following.user_id = $1 ORDER BY created_at", userId);
}

Result<std::vector<std::string>> followersOf(Database& database, std::int64_t userId)
{
    return textsOf(database, "SELECT uri FROM followers JOIN actors ON actors.id = actor_id WHERE followers.user_id = $1 ORDER BY created_at", userId);
}

Result<std::vector<std::string>> blockedBy(Database& database, std::int64_t userId)
{
    return textsOf(database, "SELECT uri FROM actor_blocks JOIN actors ON actors.id = actor_id WHERE actor_blocks.user_id = $1 ORDER BY created_at", userId);
}

Result<Json> allNotificationsOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT kind, words, notifications.url, created_at, coalesce(uri, '') FROM notifications LEFT JOIN actors ON actors.id = actor_id WHERE notifications.user_id = $1 ORDER BY notifications.id"));
    query->bind(1, userId);
    Json list = Json::array();
    while (TRY(query->step()))
        list.push_back(Json{{"kind", query->text(0)}, {"words", query->text(1)}, {"url", query->text(2)}, {"at", isoTime(query->integer(3))}, {"by", query->text(4)}});
    return list;
}

Result<Json> settingsOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT name, display_name, summary, role, state, created_at, quota, approves_followers, links, coalesce(moved_to, ''), also_known_as, mail FROM users WHERE id = $1"));
    query->bind(1, userId);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "user: there is no such account here");
    return Json{{"user", query->text(0)}, {"display_name", query->text(1)}, {"summary", query->text(2)}, {"role", query->text(3)}, {"state", query->text(4)}, {"created_at", isoTime(query->integer(5))},
        {"quota", query->integer(6)}, {"approves_followers", query->integer(7) != 0}, {"links", TRY(readJson(query->text(8)))}, {"moved_to", query->text(9)}, {"also_known_as", TRY(readJson(query->text(10)))}, {"mail", query->text(11)}};
}

} // namespace artdag::server
