// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator changes about an account from the command line, who needs no password of it.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string_view>

namespace artdag::server {

/// NotFound for an account that is not here. Conflict for the last owner, who would leave nobody to decide anything.
Result<void> changeRole(Database& database, std::string_view name, std::string_view role);
/// The public half of the key with which this server speaks for the account.
Result<void> changePublicKey(Database& database, std::string_view name, std::string_view pem);
/// A link with which the account gets a new password, known by the hash of its secret; `expires` in microseconds.
Result<void> keepResetLink(Database& database, std::string_view name, const Digest& hash, std::int64_t expires);

} // namespace artdag::server
