// SPDX-License-Identifier: GPL-3.0-or-later
// Runs: one row is one user's reference to a work that is rendered. Rows of the same run key and recipe text are the same
// work: it is done once and handed to all who wait for it. No row tells anything of another user's.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Run {
    std::string id; ///< 128 random bits, hex
    std::int64_t userId = 0;
    std::string runKey; ///< `sha3-256:…`: what work it is
    std::string title;
    Json request = Json::object(); ///< inputs, params, output, encode, output_name; `objects`: the hashes of all bytes it reads
    ContentId recipe;              ///< the text that was sent
    std::string state = "queued";  ///< queued, running, cached, completed, failed, cancelled
    std::int64_t done = 0, total = 0;
    std::string error; ///< why it failed
    std::optional<ContentId> content;
    std::optional<FramesHash> framesHash;
    std::optional<ManifestId> manifest;
    std::int64_t createdAt = 0, startedAt = 0, finishedAt = 0; ///< 0: not yet

    [[nodiscard]] bool isOver() const { return state != "queued" && state != "running"; }
};

/// What became of a work.
struct RunEnd {
    std::string state; ///< completed, cached or failed
    std::string error;
    std::optional<ContentId> content;
    std::optional<FramesHash> framesHash;
    std::string manifest; ///< its exact bytes; empty: none
    std::optional<ManifestId> manifestId;
};

Result<void> addRun(Database& database, const Run& run);
/// NotFound for another user's, as for one that never was.
Result<Run> findRun(Database& database, std::string_view id, std::int64_t userId);
Result<Run> findRun(Database& database, std::string_view id);
/// The user's newest run of this work that waits, is under way or gave a film.
Result<std::optional<Run>> findRunOfWork(Database& database, std::int64_t userId, std::string_view runKey, const ContentId& recipe);
/// Newest first; those made before `before` (µs) unless it is 0.
Result<std::vector<Run>> listRuns(Database& database, std::int64_t userId, std::int64_t before, int limit);

struct WaitingRuns {
    std::int64_t all = 0, ofUser = 0;
};
/// Runs that are queued or under way.
Result<WaitingRuns> countWaiting(Database& database, std::int64_t userId);
/// Users with a run of this work that is not over; nobody wants it any more when there are none.
Result<std::vector<std::int64_t>> waitingFor(Database& database, std::string_view runKey, const ContentId& recipe);
/// True when another job that is leased now does work of the same run key.
Result<bool> isWorkedOn(Database& database, std::string_view runKey, std::int64_t exceptJob, std::int64_t now);
/// Under way; every reference to the work that is not over shows it.
Result<void> noteProgress(Database& database, std::string_view runKey, const ContentId& recipe, std::int64_t done, std::int64_t total);
/// Ends the references of one user to this work.
Result<void> endRuns(Database& database, std::string_view runKey, const ContentId& recipe, std::int64_t userId, const RunEnd& end);
/// Conflict when it is over.
Result<void> cancelRun(Database& database, std::string_view id, std::int64_t userId);
Result<void> removeRun(Database& database, std::string_view id, std::int64_t userId);

/// The name of a work of this user that is made of these bytes; empty when there is none.
Result<std::string> workMadeOf(Database& database, std::int64_t userId, const ContentId& id);
/// The id of another run of this user that reads or gave these bytes; empty when there is none.
Result<std::string> runMadeOf(Database& database, std::int64_t userId, const ContentId& id, std::string_view exceptRun = {});
/// The user's newest run that gave these bytes.
Result<std::optional<Run>> findRunOfFilm(Database& database, std::int64_t userId, const ContentId& content);
/// The user gives bytes up. True when nobody holds them and no work cites them: they are then forgotten, and their file may go.
Result<bool> releaseObject(Database& database, std::int64_t userId, const ContentId& id);
struct OwnObject {
    ContentId id;
    std::uint64_t size = 0;
    std::string type;
    std::int64_t createdAt = 0;
};
/// What a user brought or rendered, by hash; those after `after` unless it is null.
Result<std::vector<OwnObject>> listObjects(Database& database, std::int64_t userId, const ContentId& after, int limit);

} // namespace artdag::server
