// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is kept about an account, for its owner to take away.
#pragma once

#include "server/db/works.h"

#include <string>
#include <vector>

namespace artdag::server {

/// Every work, living or not, oldest first.
Result<std::vector<Work>> allWorksOf(Database& database, std::int64_t userId);
/// Every activity with its exact bytes, oldest first.
Result<std::vector<Activity>> allActivitiesOf(Database& database, std::int64_t userId);
/// Ids of actors.
Result<std::vector<std::string>> followedBy(Database& database, std::int64_t userId);
Result<std::vector<std::string>> followersOf(Database& database, std::int64_t userId);
Result<std::vector<std::string>> blockedBy(Database& database, std::int64_t userId);
/// Kind, words, URL, time.
Result<Json> allNotificationsOf(Database& database, std::int64_t userId);
/// What the settings page shows: profile, links, limits; no secret.
Result<Json> settingsOf(Database& database, std::int64_t userId);

} // namespace artdag::server
