// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/overview.h"

namespace artdag::server {

namespace {

constexpr std::int64_t week = 7LL * 24 * 3600 * 1'000'000; // µs

Result<bool> changedOne(Database& database, std::string_view sql, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto* change = TRY(lease.statement(sql));
    change->bind(1, id);
    TRY(change->run());
    return change->changes() == 1;
}

} // namespace

Result<Overview> overviewOf(Database& database)
{
    auto lease = TRY(database.lease());
    Overview overview;
    const std::pair<std::int64_t*, const char*> counts[] = {
        {&overview.accounts, "SELECT count(*) FROM users WHERE state <> 'pending'"},
        {&overview.pending, "SELECT count(*) FROM users WHERE state = 'pending'"},
        {&overview.works, "SELECT count(*) FROM works WHERE state = 'living'"},
        {&overview.activities, "SELECT count(*) FROM activities"},
        {&overview.objects, "SELECT count(*) FROM objects"},
        {&overview.bytes, "SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM objects"},
        {&overview.jobsWaiting, "SELECT count(*) FROM jobs WHERE state = 'waiting'"},
        {&overview.jobsAbandoned, "SELECT count(*) FROM jobs WHERE state = 'failed'"},
        {&overview.deliveries, "SELECT count(*) FROM deliveries"},
        {&overview.reports, "SELECT count(*) FROM reports WHERE state = 'open'"},
        {&overview.appeals, "SELECT count(*) FROM moderation_actions WHERE appeal_state = 'waiting'"},
    };
    for (const auto& [value, sql] : counts) {
        auto* query = TRY(lease.statement(sql));
        if (TRY(query->step()))
            *value = query->integer(0);
        query->reset();
    }
    return overview;
}

Result<std::vector<std::int64_t>> growthOf(Database& database, std::string_view table, int weeks, std::int64_t now)
{
    auto lease = TRY(database.lease());
    const std::string from = table == "works" ? "works" : "users";
    auto* query = TRY(lease.statement("SELECT ($1 - created_at) / $2, count(*) FROM " + from + " WHERE created_at > $3 AND created_at <= $4 GROUP BY 1"));
    query->bind(1, now).bind(2, week).bind(3, now - weeks * week).bind(4, now);
    std::vector<std::int64_t> growth(static_cast<std::size_t>(weeks), 0);
    while (TRY(query->step())) {
        const std::int64_t ago = query->integer(0);
        if (ago >= 0 && ago < weeks)
            growth[static_cast<std::size_t>(weeks - 1 - ago)] = query->integer(1);
    }
    return growth;
}

Result<std::vector<AccountLine>> listAccounts(Database& database, std::string_view state, std::string_view text, int limit)
{
    auto lease = TRY(database.lease());
    std::string sql = "SELECT id, name, display_name, role, state, created_at, (SELECT count(*) FROM works WHERE owner_id = users.id AND works.state = 'living'), "
                      "(SELECT CAST(coalesce(sum(size), 0) AS BIGINT) FROM object_holders JOIN objects ON objects.sha3 = object_holders.sha3 WHERE object_holders.user_id = users.id) FROM users WHERE name LIKE '%' || CAST($1 AS TEXT) || '%'";
    if (!state.empty())
        sql += " AND state = $3";
    auto* query = TRY(lease.statement(sql + " ORDER BY name LIMIT $2"));
    query->bind(1, text).bind(2, limit);
    if (!state.empty())
        query->bind(3, state);
    std::vector<AccountLine> lines;
    while (TRY(query->step())) {
        AccountLine line;
        line.user.id = query->integer(0);
        line.user.name = query->text(1);
        line.user.displayName = query->text(2);
        line.user.role = query->text(3);
        line.user.state = query->text(4);
        line.user.createdAt = query->integer(5);
        line.works = query->integer(6);
        line.bytes = query->integer(7);
        lines.push_back(std::move(line));
    }
    return lines;
}

Result<bool> forgetPending(Database& database, std::string_view name)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM users WHERE name = $1 AND state = 'pending'"));
    sweep->bind(1, name);
    TRY(sweep->run());
    return sweep->changes() == 1;
}

Result<std::vector<JobLine>> listJobs(Database& database, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT id, run_at, tries, created_at, kind, ref, state, error FROM jobs ORDER BY CASE state WHEN 'failed' THEN 0 ELSE 1 END, run_at LIMIT $1"));
    query->bind(1, limit);
    std::vector<JobLine> lines;
    while (TRY(query->step()))
        lines.push_back({query->integer(0), query->integer(1), query->integer(2), query->integer(3), query->text(4), query->text(5), query->text(6), query->text(7)});
    return lines;
}

Result<bool> makeJobDue(Database& database, std::int64_t id, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE jobs SET state = 'waiting', run_at = $2, tries = 0, lease_until = 0 WHERE id = $1"));
    update->bind(1, id).bind(2, now);
    TRY(update->run());
    return update->changes() == 1;
}

Result<bool> dropJob(Database& database, std::int64_t id)
{
    return changedOne(database, "DELETE FROM jobs WHERE id = $1", id);
}

Result<std::string> settingOr(Database& database, std::string_view name, std::string_view fallback)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT value FROM settings WHERE name = $1"));
    query->bind(1, name);
    if (!TRY(query->step()))
        return std::string(fallback);
    return query->text(0);
}

} // namespace artdag::server
