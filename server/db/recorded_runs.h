// SPDX-License-Identifier: GPL-3.0-or-later
// Which work a renderer's run became: an account records each run once. And activities that wait for their author's signature.
#pragma once

#include "core/base/json.h"
#include "server/db/works.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Conflict when this account recorded the run before and that work lives.
Result<void> recordRun(Database& database, std::int64_t userId, std::string_view runId, std::string_view renderer, std::int64_t workId);
/// Living works that came of this run, in the order of their accounts.
Result<std::vector<Work>> worksOfRun(Database& database, std::string_view runId);

struct PreparedActivity {
    std::string uuid;
    std::int64_t userId = 0;
    Json request = Json::object();
    std::string document; ///< the activity, to be signed
    std::int64_t expires = 0;
};
Result<void> addPrepared(Database& database, const PreparedActivity& prepared);
/// NotFound for another account's, one that expired, and one that was used.
Result<PreparedActivity> findPrepared(Database& database, std::string_view uuid, std::int64_t userId);
Result<void> forgetPrepared(Database& database, std::string_view uuid);

} // namespace artdag::server
