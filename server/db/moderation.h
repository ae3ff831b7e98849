// SPDX-License-Identifier: GPL-3.0-or-later
// What moderators did, with reasons and appeals: rows are added and appealed, never changed or taken away. And the reports
// that wait for them.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct ModerationAction {
    std::int64_t id = 0;
    std::int64_t moderator = 0; ///< 0: the command line
    std::string moderatorName;  ///< as read
    std::string action;         ///< warn, limit, silence, suspend, restore, approve, reject, role, block_domain, take_down …
    std::string targetKind;     ///< user, actor, domain, hash, report
    std::string target, reason;
    std::int64_t reportId = 0; ///< 0: none
    std::int64_t createdAt = 0;
    std::string appeal, appealState; ///< empty: none; waiting, accepted, rejected
};
Result<std::int64_t> logAction(Database& database, const ModerationAction& action);
/// Newest first, with ids below `before` (0: from the newest). `onlyAppeals`: those whose appeal waits.
Result<std::vector<ModerationAction>> listActions(Database& database, std::int64_t before, int limit, bool onlyAppeals = false);
Result<std::vector<ModerationAction>> actionsAbout(Database& database, std::string_view targetKind, std::string_view target);
Result<std::optional<ModerationAction>> findAction(Database& database, std::int64_t id);
Result<std::optional<ModerationAction>> lastActionAbout(Database& database, std::string_view targetKind, std::string_view target, std::string_view action);
/// Once for each action; Conflict afterwards.
Result<void> appealAction(Database& database, std::int64_t id, std::string_view words);
Result<void> decideAppeal(Database& database, std::int64_t id, bool accepted);

struct Report {
    std::int64_t id = 0;
    std::string uri, from, about; ///< accounts or actors, as far as they are known
    std::string aboutUser;        ///< name, when it is one of ours
    std::vector<std::string> objects;
    std::string comment, state; ///< open, resolved, dismissed
    std::int64_t createdAt = 0, resolvedAt = 0;
};
Result<std::vector<Report>> listReports(Database& database, bool open, int limit);
Result<bool> closeReport(Database& database, std::int64_t id, std::string_view state, std::int64_t moderator);

} // namespace artdag::server
