// SPDX-License-Identifier: GPL-3.0-or-later
// What those who run a server change about an account; they need no password of it.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string_view>

namespace artdag::server {

/// NotFound for an account that is not here. Conflict for the last owner, who would leave nobody to decide anything.
Result<void> changeRole(Database& database, std::string_view name, std::string_view role);
/// The public half of the key with which this server speaks for the account. The one before stays listed, and followers are told
/// by the server when it runs.
Result<void> changePublicKey(Database& database, std::string_view name, std::string_view pem);

} // namespace artdag::server
