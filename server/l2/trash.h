// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of works that are gone: kept for thirty days, then removed unless something that lives still needs them.
#pragma once

#include "server/db/works.h"
#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <span>
#include <string>
#include <utility>

namespace artdag::server {

inline constexpr std::int64_t trashAfter = 30LL * 24 * 3600 * 1'000'000;

/// The job that empties the trash of this work is due thirty days after `now`.
Result<void> trashLater(Site& site, const Work& work, std::int64_t now);
/// Now: forgets in the database and removes the files. Nothing happens to a work that lives.
Result<void> emptyTrash(Site& site, std::int64_t workId);
/// Of objects that are forgotten, with the streams that were made of them.
void removeFiles(const Site& site, std::span<const ContentId> objects);

/// Its name in the table of jobs, and how it is done.
std::pair<std::string, JobKind> trashJob(Site& site);

} // namespace artdag::server
