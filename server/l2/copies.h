// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of published bytes: brought to every storage that should have them, and back when the server's own file is gone.
// What comes back counts only when it has its content id.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <utility>

namespace artdag::server {

/// After a publication, or when a storage is added: a job for these bytes.
Result<void> planCopies(Site& site, const ContentId& id);
/// For a file that is gone. False when no storage has a copy.
Result<bool> planRestore(Site& site, const ContentId& id);
/// Removes the copies from every storage (take down). The first failure is the error; what was removed is noted.
Result<void> removeCopies(Site& site, const ContentId& id);

std::pair<std::string, JobKind> copyJob(Site& site);
std::pair<std::string, JobKind> restoreJob(Site& site);

} // namespace artdag::server
