// SPDX-License-Identifier: GPL-3.0-or-later
// What stays of an account that its owner erased: its name, so that nobody else becomes it; the hashes of its works, so that
// their ids stay gone; and the salted leaves of the log, without the salts. Everything it said or was told goes.
#pragma once

#include "server/db/database.h"

#include <cstdint>

namespace artdag::server {

/// All in the caller's transaction, before the last activity of the account is recorded. Objects: see releaseAll.
Result<void> eraseAccount(Database::Lease& lease, std::int64_t userId, std::int64_t now);
/// Its transport key is not needed any more once the last deliveries are over.
Result<void> forgetTransportKey(Database& database, std::int64_t userId);

} // namespace artdag::server
