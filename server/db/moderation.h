// SPDX-License-Identifier: GPL-3.0-or-later
// What moderators did, with reasons and appeals: a log that only grows. And the hashes that may not be here any more.
#pragma once

#include "core/base/digest.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct ModerationAction {
    std::int64_t id = 0;
    std::int64_t moderator = 0; ///< user
    std::string action;         ///< take_down, grant_appeal, refuse_appeal
    std::string targetKind;     ///< work
    std::string target;         ///< the work's id
    std::string reason;
    std::int64_t createdAt = 0;
    std::string appeal;      ///< in the owner's words; empty: none
    std::string appealState; ///< waiting, granted, refused; empty: none
};

Result<ModerationAction> addModeration(Database::Lease& lease, ModerationAction action);
Result<ModerationAction> findModeration(Database& database, std::int64_t id);
/// Newest first, with ids below `before` (0: from the newest). `ownerId`: only what was done to this account's works (0: everything).
Result<std::vector<ModerationAction>> listModeration(Database& database, std::int64_t ownerId, std::int64_t before, int limit);
/// Conflict when there is an appeal already.
Result<void> appealModeration(Database& database, std::int64_t id, std::string_view words);
/// Conflict when no appeal waits.
Result<void> answerAppeal(Database::Lease& lease, std::int64_t id, bool granted);

Result<void> blockHash(Database::Lease& lease, const Digest& hash, std::string_view reason, std::int64_t moderator);
Result<void> unblockHash(Database::Lease& lease, const Digest& hash);
/// Of bytes or of frames.
Result<bool> isHashBlocked(Database& database, const Digest& hash);

} // namespace artdag::server
