// SPDX-License-Identifier: GPL-3.0-or-later
// Figures and lists for those who run the server: how it grows, what it holds, what it still has to do. Counts only; nobody
// is watched.
#pragma once

#include "server/db/accounts.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag::server {

struct Overview {
    std::int64_t accounts = 0, pending = 0, works = 0, activities = 0, objects = 0, bytes = 0;
    std::int64_t jobsWaiting = 0, jobsAbandoned = 0, deliveries = 0, reports = 0, appeals = 0;
};
Result<Overview> overviewOf(Database& database);

/// How many came into being in each of the last `weeks` weeks, oldest first. `table`: `users` or `works`.
Result<std::vector<std::int64_t>> growthOf(Database& database, std::string_view table, int weeks, std::int64_t now);

struct AccountLine {
    User user;
    std::int64_t works = 0, bytes = 0; ///< of objects that it brought
};
/// By name; `state` and `text` (in the name) may be empty for any.
Result<std::vector<AccountLine>> listAccounts(Database& database, std::string_view state, std::string_view text, int limit);
/// Forgets an account that was never let in. False when there is no such one.
Result<bool> forgetPending(Database& database, std::string_view name);

struct JobLine {
    std::int64_t id = 0, runAt = 0, tries = 0, createdAt = 0;
    std::string kind, ref, state, error;
};
/// Failed ones first, then those that wait.
Result<std::vector<JobLine>> listJobs(Database& database, int limit);
Result<bool> makeJobDue(Database& database, std::int64_t id, std::int64_t now);
Result<bool> dropJob(Database& database, std::int64_t id);

/// A text of the instance, or `fallback` when none was written.
Result<std::string> settingOr(Database& database, std::string_view name, std::string_view fallback);

} // namespace artdag::server
