// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a work after it was published: it is changed, renamed, pinned, ended. All on a lease, so that the activity
// that tells of it is written in the same transaction.
#pragma once

#include "server/db/works.h"

#include <optional>
#include <string_view>

namespace artdag::server {

/// Writes title, description, licence, visibility, alt, warning, tags, version, tokens and time of the change.
Result<void> writeChange(Database::Lease& lease, const Work& work);
/// The work's former name leads to it from now on. Conflict when the owner has another living work of the new name.
Result<void> renameWork(Database::Lease& lease, const Work& work, std::string_view name);
/// The work that had this name before it was renamed; nothing when there is none, or the name is used again.
Result<std::optional<Work>> findRenamed(Database& database, std::string_view owner, std::string_view name);
/// Pinned since `at`, or no longer (0).
Result<void> pinWork(Database::Lease& lease, std::int64_t id, std::int64_t at);
/// No longer living: state and time; its tokens open nothing.
Result<void> endWork(Database::Lease& lease, std::int64_t id, std::string_view state, std::int64_t at);

/// Bytes that only ended works, and only this work's owner, still had a use for: they are forgotten here, and their files may
/// go. The owner's hold on what other living works of theirs cite stays.
Result<std::vector<ContentId>> forgetObjectsOf(Database::Lease& lease, const Work& work);

} // namespace artdag::server
