// SPDX-License-Identifier: GPL-3.0-or-later
// How much an account did on a day: counts only, never what.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string_view>

namespace artdag::server {

/// Days since 1970 (UTC).
std::int64_t dayOf(std::int64_t microseconds);
/// Adds to a day's count of one kind: `works`, `exports` …
Result<void> addUsage(Database& database, std::int64_t userId, std::string_view kind, std::int64_t day, std::int64_t amount);
Result<std::int64_t> usageOf(Database& database, std::int64_t userId, std::string_view kind, std::int64_t day);

} // namespace artdag::server
