// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/notifications.h"

namespace artdag::server {

Result<void> addNotification(Database::Lease& lease, std::int64_t userId, const Notification& notification)
{
    auto* insert = TRY(lease.statement("INSERT INTO notifications (user_id, kind, actor_id, work_id, url, words, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"));
    insert->bind(1, userId).bind(2, notification.kind).bind(5, notification.url).bind(6, notification.words).bind(7, nowMicroseconds());
    for (const auto& [parameter, id] : {std::pair{3, notification.actor.id}, std::pair{4, notification.workId}}) {
        if (id != 0)
            insert->bind(parameter, id);
        else
            insert->bind(parameter, nullptr);
    }
    return insert->run();
}

Result<std::vector<Notification>> listNotifications(Database::Lease& lease, std::int64_t userId, std::int64_t before, int limit)
{
    auto* query = TRY(lease.statement("SELECT " ACTOR_COLUMNS ", notifications.id, kind, coalesce(work_id, 0), coalesce(users.name, ''), coalesce(works.name, ''), notifications.url, words, notifications.created_at, coalesce(read_at, 0) "
                                      "FROM notifications LEFT JOIN actors ON actors.id = actor_id LEFT JOIN works ON works.id = work_id LEFT JOIN users ON users.id = works.owner_id "
                                      "WHERE notifications.user_id = $1 AND ($2 = 0 OR notifications.id < $2) ORDER BY notifications.id DESC LIMIT $3"));
    query->bind(1, userId).bind(2, before).bind(3, limit);
    std::vector<Notification> notifications;
    while (TRY(query->step())) {
        Notification notification;
        notification.actor = actorOf(*query);
        int column = actorColumns;
        notification.id = query->integer(column++);
        notification.kind = query->text(column++);
        notification.workId = query->integer(column++);
        notification.workOwner = query->text(column++);
        notification.workName = query->text(column++);
        notification.url = query->text(column++);
        notification.words = query->text(column++);
        notification.createdAt = query->integer(column++);
        notification.readAt = query->integer(column);
        notifications.push_back(std::move(notification));
    }
    return notifications;
}

Result<void> markNotificationsRead(Database::Lease& lease, std::int64_t userId, std::int64_t upTo)
{
    auto* update = TRY(lease.statement("UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND id <= $2 AND read_at IS NULL"));
    update->bind(1, userId).bind(2, upTo).bind(3, nowMicroseconds());
    return update->run();
}

Result<std::int64_t> countUnread(Database::Lease& lease, std::int64_t userId)
{
    auto* query = TRY(lease.statement("SELECT count(*) FROM notifications WHERE user_id = $1 AND read_at IS NULL"));
    query->bind(1, userId);
    TRY(query->step());
    const std::int64_t count = query->integer(0);
    query->reset();
    return count;
}

} // namespace artdag::server
