// SPDX-License-Identifier: GPL-3.0-or-later
// Work that is done later and survives a crash: one table, claimed with a lease, so that several processes on one database
// share it and a killed one loses nothing.
#pragma once

#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace artdag::server {

struct Job {
    std::int64_t id = 0;
    std::string kind; ///< `anchor`, `rendition`, `run` …
    std::string ref;  ///< what it is about; of one kind and ref only one waits
    Json payload = Json::object();
    int tries = 0; ///< before this one
    std::int64_t runAt = 0;
};

/// Nothing happens when one of that kind and ref waits already. `runAt` in microseconds.
Result<void> addJob(Database& database, std::string_view kind, std::string_view ref, const Json& payload, std::int64_t runAt);
/// The same, in the transaction of what makes it necessary.
Result<void> addJob(Database::Lease& lease, std::string_view kind, std::string_view ref, const Json& payload, std::int64_t runAt);
/// The same, but one that is being done is done once more, as it may have looked before this was so, and one that waits to be
/// tried again does not wait.
Result<void> addJobAgain(Database::Lease& lease, std::string_view kind, std::string_view ref, const Json& payload, std::int64_t runAt);
/// The job that has been due for longest, leased for `lease` microseconds; nothing when none is due. A lease that ran out
/// makes it due again.
Result<std::optional<Job>> claimJob(Database& database, std::span<const std::string> kinds, std::int64_t now, std::int64_t lease);
/// Still at it: the lease of a job that this process claimed lasts until then. False when it is gone.
Result<bool> renewJob(Database& database, std::int64_t id, std::int64_t leaseUntil);
Result<void> finishJob(Database& database, const Job& job);
/// Again at `runAt`, with the reason shown to the administrator.
Result<void> retryJob(Database& database, std::int64_t id, std::int64_t runAt, std::string_view error);
/// Never again; kept with its reason.
Result<void> abandonJob(Database& database, std::int64_t id, std::string_view error);

} // namespace artdag::server
