// SPDX-License-Identifier: GPL-3.0-or-later
// The job that tidies up each night: rows that expired, and files of uploads that nobody goes on with.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <cstdint>
#include <string>
#include <utility>

namespace artdag::server {

std::pair<std::string, JobKind> nightlySweepJob(Site& site);
/// Plans it for the next 03:00 UTC after `now`. The night is the job's ref, because while one is being done it still stands in
/// the way of another of the same ref.
Result<void> planNightlySweep(Site& site, std::int64_t now);
/// The work itself: `now` in microseconds. Files in `uploads` go when they were not touched for a day. How much that was.
Result<std::int64_t> sweep(Database& database, const std::filesystem::path& uploads, std::int64_t now);

} // namespace artdag::server
