// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/recorded_runs.h"

#include "server/db/work_rows.h"

namespace artdag::server {

Result<void> recordRun(Database& database, std::int64_t userId, std::string_view runId, std::string_view renderer, std::int64_t workId)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO recorded_runs (user_id, run_id, renderer, work_id) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, run_id) DO UPDATE SET renderer = excluded.renderer, work_id = excluded.work_id "
                                       "WHERE NOT EXISTS (SELECT 1 FROM works WHERE works.id = recorded_runs.work_id AND works.state = 'living' AND works.id <> excluded.work_id)"));
    insert->bind(1, userId).bind(2, runId).bind(3, renderer).bind(4, workId);
    TRY(insert->run());
    if (insert->changes() == 0)
        return fail(Fault::Conflict, "run '" + std::string(runId.substr(0, 100)) + "': you recorded it before as another work");
    return {};
}

Result<std::vector<Work>> worksOfRun(Database& database, std::string_view runId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE works.state = 'living' AND works.id IN (SELECT work_id FROM recorded_runs WHERE run_id = $1) ORDER BY owner_id LIMIT 100"));
    query->bind(1, runId);
    return worksOf(*query);
}

Result<void> addPrepared(Database& database, const PreparedActivity& prepared)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM prepared_activities WHERE expires < $1"));
    sweep->bind(1, nowMicroseconds());
    TRY(sweep->run());
    auto* insert = TRY(lease.statement("INSERT INTO prepared_activities (uuid, user_id, request, document, expires) VALUES ($1, $2, $3, $4, $5)"));
    insert->bind(1, prepared.uuid).bind(2, prepared.userId).bind(3, prepared.request.dump()).bind(4, prepared.document).bind(5, prepared.expires);
    return insert->run();
}

Result<PreparedActivity> findPrepared(Database& database, std::string_view uuid, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT request, document, expires FROM prepared_activities WHERE uuid = $1 AND user_id = $2 AND expires > $3"));
    query->bind(1, uuid).bind(2, userId).bind(3, nowMicroseconds());
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "'prepared': no such activity waits for your signature; prepare it again (POST /assets/prepare)");
    return PreparedActivity{std::string(uuid), userId, TRY(readJson(query->text(0))), query->text(1), query->integer(2)};
}

Result<void> forgetPrepared(Database& database, std::string_view uuid)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM prepared_activities WHERE uuid = $1"));
    sweep->bind(1, uuid);
    return sweep->run();
}

} // namespace artdag::server
