// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/jobs.h"

namespace artdag::server {

namespace {

/// `,a,b,`: a list as one parameter, looked into with LIKE, since the engines spell arrays differently.
std::string listOf(std::span<const std::string> kinds)
{
    std::string list = ",";
    for (const std::string& kind : kinds)
        list += kind + ",";
    return list;
}

/// A statement is a transaction of its own, and is tried again like one: a job that cannot be noted as done is done twice.
template <class Work>
std::invoke_result_t<const Work&, Database::Lease&> untilFree(Database& database, const Work& work)
{
    for (Patience patience;;) {
        auto lease = TRY(database.lease());
        auto outcome = work(lease);
        if (outcome || outcome.error().fault != Fault::Unavailable || !lease.link().isGood() || !patience.again())
            return outcome;
    }
}

Result<void> endJob(Database& database, std::int64_t id, std::string_view state, std::int64_t runAt, std::string_view error)
{
    return untilFree(database, [&](Database::Lease& lease) -> Result<void> {
        auto* update = TRY(lease.statement("UPDATE jobs SET state = $1, run_at = CASE WHEN $2 = 0 THEN run_at ELSE $2 END, lease_until = 0, tries = tries + 1, error = $3 WHERE id = $4"));
        update->bind(1, state).bind(2, runAt).bind(3, error).bind(4, id);
        return update->run();
    });
}

} // namespace

Result<void> addJob(Database& database, std::string_view kind, std::string_view ref, const Json& payload, std::int64_t runAt)
{
    auto lease = TRY(database.lease());
    return addJob(lease, kind, ref, payload, runAt);
}

Result<void> addJob(Database::Lease& lease, std::string_view kind, std::string_view ref, const Json& payload, std::int64_t runAt)
{
    auto* insert = TRY(lease.statement("INSERT INTO jobs (kind, ref, payload, state, run_at, created_at) VALUES ($1, $2, $3, 'waiting', $4, $5) ON CONFLICT DO NOTHING"));
    insert->bind(1, kind).bind(2, ref).bind(3, payload.dump()).bind(4, runAt).bind(5, nowMicroseconds());
    return insert->run();
}

Result<void> addJobAgain(Database::Lease& lease, std::string_view kind, std::string_view ref, const Json& payload, std::int64_t runAt)
{
    // Another time to run at tells finishJob.
    auto* insert = TRY(lease.statement("INSERT INTO jobs (kind, ref, payload, state, run_at, created_at) VALUES ($1, $2, $3, 'waiting', $4, $5) "
                                       "ON CONFLICT (kind, ref) WHERE state = 'waiting' DO UPDATE SET run_at = excluded.run_at, payload = excluded.payload"));
    insert->bind(1, kind).bind(2, ref).bind(3, payload.dump()).bind(4, runAt).bind(5, nowMicroseconds());
    return insert->run();
}

Result<std::optional<Job>> claimJob(Database& database, std::span<const std::string> kinds, std::int64_t now, std::int64_t lease)
{
    return untilFree(database, [&](Database::Lease& leased) -> Result<std::optional<Job>> {
        auto* update = TRY(leased.statement("UPDATE jobs SET lease_until = $1 WHERE id = (SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= $2 AND lease_until <= $2 "
                                            "AND $3 LIKE '%,' || kind || ',%' ORDER BY run_at, id LIMIT 1"
            + std::string(leased.link().skipClaimed()) + ") RETURNING id, kind, ref, payload, tries, run_at"));
        update->bind(1, now + lease).bind(2, now).bind(3, listOf(kinds));
        if (!TRY(update->step()))
            return std::optional<Job>();
        Job job{update->integer(0), update->text(1), update->text(2), Json::object(), static_cast<int>(update->integer(4)), update->integer(5)};
        job.payload = TRY(readJson(update->text(3)));
        update->reset();
        return std::optional(std::move(job));
    });
}

Result<bool> renewJob(Database& database, std::int64_t id, std::int64_t leaseUntil)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE jobs SET lease_until = $1 WHERE id = $2 AND state = 'waiting'"));
    update->bind(1, leaseUntil).bind(2, id);
    TRY(update->run());
    return update->changes() == 1;
}

Result<void> finishJob(Database& database, const Job& job)
{
    return untilFree(database, [&](Database::Lease& lease) -> Result<void> {
        auto* sweep = TRY(lease.statement("DELETE FROM jobs WHERE id = $1 AND run_at = $2"));
        sweep->bind(1, job.id).bind(2, job.runAt);
        TRY(sweep->run());
        if (sweep->changes() == 1)
            return {};
        auto* again = TRY(lease.statement("UPDATE jobs SET lease_until = 0, tries = 0 WHERE id = $1 AND state = 'waiting'")); // it was asked for meanwhile
        again->bind(1, job.id);
        return again->run();
    });
}

Result<void> retryJob(Database& database, std::int64_t id, std::int64_t runAt, std::string_view error)
{
    return endJob(database, id, "waiting", runAt, error);
}

Result<void> abandonJob(Database& database, std::int64_t id, std::string_view error)
{
    return endJob(database, id, "failed", 0, error);
}

} // namespace artdag::server
