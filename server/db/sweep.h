// SPDX-License-Identifier: GPL-3.0-or-later
// What is of no use any more and nobody would miss: what has expired, and the memory of requests that are too old to be
// repeated.
#pragma once

#include "server/db/database.h"

#include <cstdint>

namespace artdag::server {

/// Deletes sessions, links, codes, tokens and prepared activities that expired before `now` (microseconds), and signatures that
/// were seen more than a day before. How many rows that were.
Result<std::int64_t> sweepExpired(Database& database, std::int64_t now);

} // namespace artdag::server
