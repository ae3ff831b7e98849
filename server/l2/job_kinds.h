// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of work that is done later, in one list, and what is planned when a server starts.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <map>
#include <string>

namespace artdag::server {

/// A new kind is a line here; how it is done is in a file of its own.
std::map<std::string, JobKind> jobKinds(Site& site);
/// Adds the jobs that repeat, where they do not wait already.
Result<void> planRepeatingJobs(Site& site);

} // namespace artdag::server
