// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to an account while it was away: new followers, likes, boosts, replies, uses of its works.
#pragma once

#include "server/db/actors.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Notification {
    std::int64_t id = 0;
    std::string kind; ///< follow, follow_request, like, announce, reply, mention, use, share, move, recipe_request, recipe_granted, recipe_refused
    Actor actor;      ///< id 0: nobody
    std::int64_t workId = 0;
    std::string workOwner, workName; ///< of the work, when there is one
    std::string url;
    std::string words; ///< plain text
    std::int64_t createdAt = 0, readAt = 0;
};

Result<void> addNotification(Database::Lease& lease, std::int64_t userId, const Notification& notification);
/// Newest first, with ids below `before` (0: from the newest).
Result<std::vector<Notification>> listNotifications(Database::Lease& lease, std::int64_t userId, std::int64_t before, int limit);
Result<void> markNotificationsRead(Database::Lease& lease, std::int64_t userId, std::int64_t upTo);
Result<std::int64_t> countUnread(Database::Lease& lease, std::int64_t userId);

} // namespace artdag::server
