// SPDX-License-Identifier: GPL-3.0-or-later
// Browsers that are logged in. The cookie's value is known to the browser alone: here is its SHA3-256.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct BrowserSession {
    Digest hash{};     ///< of the cookie's value
    std::string agent; ///< in words: `Firefox on Linux`
    std::int64_t createdAt = 0, seenAt = 0;
};

/// Who a session is, with what is needed to decide whether they may.
struct SessionUser {
    std::int64_t userId = 0;
    std::string name, role, state;
};

Result<void> addSession(Database& database, std::int64_t userId, const BrowserSession& session, std::int64_t expires);
/// Nothing for an unknown session and one that is over. Notes that it was seen, at most every five minutes.
Result<std::optional<SessionUser>> findSession(Database& database, const Digest& hash, std::int64_t now);
Result<std::vector<BrowserSession>> listSessions(Database& database, std::int64_t userId, std::int64_t now);
Result<void> endSession(Database& database, std::int64_t userId, const Digest& hash);

/// Ends every login of an account: sessions (but `keep`), access tokens by the next epoch, refresh tokens, codes on their way.
Result<void> endLogins(Database& database, std::int64_t userId, const std::optional<Digest>& keep = {});

} // namespace artdag::server
