// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of published bytes: brought to every storage that should have them, and back when the server's own file is gone.
// What comes back counts only when it has its content id. There are copies of what anybody may read now, and of nothing else:
// with a work that is withdrawn, taken down or shown to fewer people, its copies go at once.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <utility>

namespace artdag::server {

/// After a publication, or when a storage is added: a job for these bytes.
Result<void> planCopies(Site& site, const ContentId& id);
/// For a file that is gone. False when no storage has a copy.
Result<bool> planRestore(Site& site, const ContentId& id);
/// In the transaction that ends or closes a work: a job for each of its objects that has copies, which removes them unless
/// anybody may read these bytes for another reason.
Result<void> planRemovals(Database::Lease& lease, std::int64_t workId);
/// The same for one object; `cause` tells this job from others about the same bytes.
Result<void> planRemoval(Database::Lease& lease, const ContentId& id, std::string_view cause);
/// Removes the copies from every storage. What was removed is noted, and told to the storage's owner what failed; the first
/// failure is the error, Unavailable whatever it was: what must go is tried again.
Result<void> removeCopies(Site& site, const ContentId& id);

std::pair<std::string, JobKind> copyJob(Site& site);
std::pair<std::string, JobKind> restoreJob(Site& site);
std::pair<std::string, JobKind> removalJob(Site& site);

} // namespace artdag::server
