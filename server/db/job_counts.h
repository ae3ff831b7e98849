// SPDX-License-Identifier: GPL-3.0-or-later
// How the table of jobs is doing, for those who look after a server.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct JobCounts {
    std::int64_t waiting = 0;
    std::int64_t late = 0; ///< due for more than an hour, and nobody does them
    std::int64_t failed = 0;
    std::string lastError; ///< of the youngest that failed
};

struct JobGroup {
    std::string kind, state;
    std::int64_t count = 0;
};
Result<std::vector<JobGroup>> groupJobs(Database& database);

/// `now` in microseconds.
Result<JobCounts> countJobs(Database& database, std::int64_t now);

} // namespace artdag::server
