// SPDX-License-Identifier: GPL-3.0-or-later
// An account taken away by its owner: everything in one archive, and then everything erased here.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <filesystem>
#include <string>
#include <utility>

namespace artdag::server {

/// Writes the archive: profile and settings, keys, works with their claims and manifests, activities as they were signed,
/// follows as CSV, notifications, media. One file per account, replaced each time.
Result<std::filesystem::path> writeExport(Site& site, const User& user);

/// Delete{Person} is told to everyone who knew the account; personal data, bytes of activities and bytes that nobody else needs
/// go at once. The transport key stays for eight days, to sign what is still being delivered.
Result<void> eraseAccountOf(Site& site, const User& user);

/// Jobs: the archive goes after a day, the key of an erased account after eight.
std::pair<std::string, JobKind> forgetExportJob(Site& site);
std::pair<std::string, JobKind> forgetKeyJob(Site& site);

} // namespace artdag::server
