// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/runs.h"

namespace artdag::server {

namespace {

constexpr const char* columns = "id, user_id, run_key, title, request, recipe, state, done, total, error, content, frames_hash, manifest, created_at, coalesce(started_at, 0), coalesce(finished_at, 0)";

template <class N>
Result<std::optional<N>> nameAt(const Statement& row, int column)
{
    if (row.isNull(column))
        return std::optional<N>();
    return std::optional<N>(N{TRY(row.digest(column))});
}

Result<Run> runAt(const Statement& row)
{
    Run run;
    run.id = row.text(0);
    run.userId = row.integer(1);
    run.runKey = row.text(2);
    run.title = row.text(3);
    run.request = TRY(readJson(row.text(4)));
    run.recipe = ContentId{TRY(row.digest(5))};
    run.state = row.text(6);
    run.done = row.integer(7);
    run.total = row.integer(8);
    run.error = row.text(9);
    run.content = TRY(nameAt<ContentId>(row, 10));
    run.framesHash = TRY(nameAt<FramesHash>(row, 11));
    run.manifest = TRY(nameAt<ManifestId>(row, 12));
    run.createdAt = row.integer(13);
    run.startedAt = row.integer(14);
    run.finishedAt = row.integer(15);
    return run;
}

Result<Run> onlyRun(Statement& query, std::string_view id)
{
    if (!TRY(query.step()))
        return fail(Fault::NotFound, "run '" + std::string(id.substr(0, 40)) + "': there is no such run");
    auto run = runAt(query);
    query.reset();
    return run;
}

} // namespace

Result<void> addRun(Database& database, const Run& run)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO runs (id, user_id, run_key, title, request, recipe, state, done, total, error, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, '', $8)"));
    insert->bind(1, run.id).bind(2, run.userId).bind(3, run.runKey).bind(4, run.title).bind(5, run.request.dump()).bind(6, run.recipe.digest).bind(7, run.total).bind(8, run.createdAt);
    return insert->run();
}

Result<Run> findRun(Database& database, std::string_view id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(std::string("SELECT ") + columns + " FROM runs WHERE id = $1 AND user_id = $2"));
    query->bind(1, id).bind(2, userId);
    return onlyRun(*query, id);
}

Result<Run> findRun(Database& database, std::string_view id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(std::string("SELECT ") + columns + " FROM runs WHERE id = $1"));
    query->bind(1, id);
    return onlyRun(*query, id);
}

Result<std::optional<Run>> findRunOfWork(Database& database, std::int64_t userId, std::string_view runKey, const ContentId& recipe)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(std::string("SELECT ") + columns + " FROM runs WHERE user_id = $1 AND run_key = $2 AND recipe = $3 AND state NOT IN ('failed', 'cancelled') ORDER BY created_at DESC LIMIT 1"));
    query->bind(1, userId).bind(2, runKey).bind(3, recipe.digest);
    if (!TRY(query->step()))
        return std::optional<Run>();
    auto run = TRY(runAt(*query));
    query->reset();
    return std::optional(std::move(run));
}

Result<std::vector<Run>> listRuns(Database& database, std::int64_t userId, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(std::string("SELECT ") + columns + " FROM runs WHERE user_id = $1 AND created_at < $2 ORDER BY created_at DESC, id LIMIT $3"));
    query->bind(1, userId).bind(2, before == 0 ? INT64_MAX : before).bind(3, limit);
    std::vector<Run> runs;
    while (TRY(query->step()))
        runs.push_back(TRY(runAt(*query)));
    return runs;
}

Result<WaitingRuns> countWaiting(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT count(*), coalesce(sum(CASE WHEN user_id = $1 THEN 1 ELSE 0 END), 0) FROM runs WHERE state IN ('queued', 'running')"));
    query->bind(1, userId);
    TRY(query->step());
    const WaitingRuns waiting{query->integer(0), query->integer(1)};
    query->reset();
    return waiting;
}

Result<std::vector<std::int64_t>> waitingFor(Database& database, std::string_view runKey, const ContentId& recipe)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT DISTINCT user_id FROM runs WHERE run_key = $1 AND recipe = $2 AND state IN ('queued', 'running')"));
    query->bind(1, runKey).bind(2, recipe.digest);
    std::vector<std::int64_t> users;
    while (TRY(query->step()))
        users.push_back(query->integer(0));
    return users;
}

Result<bool> isWorkedOn(Database& database, std::string_view runKey, std::int64_t exceptJob, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM jobs JOIN runs ON jobs.ref = runs.id WHERE jobs.kind = 'run' AND jobs.state = 'waiting' AND runs.run_key = $1 AND jobs.id <> $2 AND jobs.lease_until > $3 LIMIT 1"));
    query->bind(1, runKey).bind(2, exceptJob).bind(3, now);
    const bool found = TRY(query->step());
    query->reset();
    return found;
}

Result<void> noteProgress(Database& database, std::string_view runKey, const ContentId& recipe, std::int64_t done, std::int64_t total)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE runs SET state = 'running', done = $1, total = $2, started_at = coalesce(started_at, $3) WHERE run_key = $4 AND recipe = $5 AND state IN ('queued', 'running')"));
    update->bind(1, done).bind(2, total).bind(3, nowMicroseconds()).bind(4, runKey).bind(5, recipe.digest);
    return update->run();
}

Result<void> endRuns(Database& database, std::string_view runKey, const ContentId& recipe, std::int64_t userId, const RunEnd& end)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    if (end.manifestId) {
        auto* manifest = TRY(lease.statement("INSERT INTO manifests (hash, exact_bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING"));
        manifest->bind(1, end.manifestId->digest).bind(2, end.manifest);
        TRY(manifest->run());
    }
    auto* update = TRY(lease.statement("UPDATE runs SET state = $1, error = $2, content = $3, frames_hash = $4, manifest = $5, finished_at = $6, done = CASE WHEN $1 = 'failed' THEN done ELSE total END "
                                       "WHERE run_key = $7 AND recipe = $8 AND user_id = $9 AND state IN ('queued', 'running')"));
    update->bind(1, end.state).bind(2, end.error).bind(3, end.content).bind(4, end.framesHash).bind(5, end.manifestId).bind(6, nowMicroseconds()).bind(7, runKey).bind(8, recipe.digest).bind(9, userId);
    TRY(update->run());
    return transaction.commit();
}

Result<void> cancelRun(Database& database, std::string_view id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE runs SET state = 'cancelled', finished_at = $1 WHERE id = $2 AND user_id = $3 AND state IN ('queued', 'running')"));
    update->bind(1, nowMicroseconds()).bind(2, id).bind(3, userId);
    TRY(update->run());
    if (update->changes() == 0)
        return fail(Fault::Conflict, "run '" + std::string(id.substr(0, 40)) + "': it is over already");
    return {};
}

Result<void> removeRun(Database& database, std::string_view id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM runs WHERE id = $1 AND user_id = $2"));
    sweep->bind(1, id).bind(2, userId);
    return sweep->run();
}

Result<std::string> workMadeOf(Database& database, std::int64_t userId, const ContentId& id)
{
    auto lease = TRY(database.lease());
    auto* works = TRY(lease.statement("SELECT works.name FROM works WHERE owner_id = $1 AND (EXISTS (SELECT 1 FROM work_objects WHERE work_id = works.id AND sha3 = $2) OR EXISTS (SELECT 1 FROM kept_objects WHERE work_id = works.id AND sha3 = $2)) LIMIT 1"));
    works->bind(1, userId).bind(2, id.digest);
    std::string name;
    if (TRY(works->step()))
        name = works->text(0);
    works->reset();
    return name;
}

Result<std::string> runMadeOf(Database& database, std::int64_t userId, const ContentId& id, std::string_view exceptRun)
{
    auto lease = TRY(database.lease());
    auto* runs = TRY(lease.statement("SELECT id FROM runs WHERE user_id = $1 AND id <> $2 AND state NOT IN ('failed', 'cancelled') AND (content = $3 OR recipe = $3 OR request LIKE $4) LIMIT 1"));
    runs->bind(1, userId).bind(2, exceptRun).bind(3, id.digest).bind(4, "%" + id.hex() + "%");
    std::string run;
    if (TRY(runs->step()))
        run = runs->text(0);
    runs->reset();
    return run;
}

Result<std::optional<Run>> findRunOfFilm(Database& database, std::int64_t userId, const ContentId& content)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(std::string("SELECT ") + columns + " FROM runs WHERE user_id = $1 AND content = $2 ORDER BY created_at DESC LIMIT 1"));
    query->bind(1, userId).bind(2, content.digest);
    if (!TRY(query->step()))
        return std::optional<Run>();
    auto run = TRY(runAt(*query));
    query->reset();
    return std::optional(std::move(run));
}

Result<bool> releaseObject(Database& database, std::int64_t userId, const ContentId& id)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* holder = TRY(lease.statement("DELETE FROM object_holders WHERE sha3 = $1 AND user_id = $2"));
    holder->bind(1, id.digest).bind(2, userId);
    TRY(holder->run());
    auto* object = TRY(lease.statement("DELETE FROM objects WHERE sha3 = $1 AND NOT EXISTS (SELECT 1 FROM object_holders WHERE object_holders.sha3 = $1) AND NOT EXISTS (SELECT 1 FROM work_objects WHERE work_objects.sha3 = $1)"));
    object->bind(1, id.digest);
    TRY(object->run());
    const bool forgotten = object->changes() > 0;
    TRY(transaction.commit());
    return forgotten;
}

Result<std::vector<OwnObject>> listObjects(Database& database, std::int64_t userId, const ContentId& after, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT objects.sha3, size, media_type, created_at FROM object_holders JOIN objects ON objects.sha3 = object_holders.sha3 WHERE user_id = $1 AND objects.sha3 > $2 ORDER BY objects.sha3 LIMIT $3"));
    query->bind(1, userId).bind(2, after.digest).bind(3, limit);
    std::vector<OwnObject> objects;
    while (TRY(query->step()))
        objects.push_back({ContentId{TRY(query->digest(0))}, static_cast<std::uint64_t>(query->integer(1)), query->text(2), query->integer(3)});
    return objects;
}

} // namespace artdag::server
