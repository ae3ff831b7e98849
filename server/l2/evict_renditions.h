// SPDX-License-Identifier: GPL-3.0-or-later
// Streams and films that were made of uploads leave a disk that is too full, those first that nobody asked for lately. Whoever asks
// for one of them has it made again.
#pragma once

#include "server/jobs/job_runner.h"
#include "server/l2/site.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace artdag::server {

/// Somebody asked for this file or folder: from now on its time says so, to an hour.
void noteUse(const std::filesystem::path& path);

/// Bytes that must go until the disk is one percent below the setting FULL_DISK; 0 while it is not beyond it.
std::uint64_t bytesOverLimit(const Site& site);
/// Removes until so many bytes are free, or no more can be: only what is nobody's upload and can be made of bytes that are here.
/// Gives how many went.
Result<std::uint64_t> evictRenditions(Site& site, std::uint64_t bytes);
/// Queued when the disk is beyond its limit.
Result<void> planEviction(Site& site);
std::pair<std::string, JobKind> evictionJob(Site& site);

} // namespace artdag::server
