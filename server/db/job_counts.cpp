// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/job_counts.h"

namespace artdag::server {

Result<JobCounts> countJobs(Database& database, std::int64_t now)
{
    constexpr std::int64_t hour = std::int64_t{3600} * 1'000'000;
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'waiting' AND run_at < $1 AND lease_until < $1 THEN 1 ELSE 0 END), 0), "
                                      "coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) FROM jobs"));
    query->bind(1, now - hour);
    TRY(query->step());
    JobCounts counts{query->integer(0), query->integer(1), query->integer(2), ""};
    query->reset();
    auto* last = TRY(lease.statement("SELECT kind, error FROM jobs WHERE state = 'failed' ORDER BY id DESC LIMIT 1"));
    if (TRY(last->step()))
        counts.lastError = last->text(0) + ": " + last->text(1);
    return counts;
}

Result<std::vector<JobGroup>> groupJobs(Database& database)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT kind, state, count(*) FROM jobs GROUP BY kind, state ORDER BY kind, state"));
    std::vector<JobGroup> groups;
    while (TRY(query->step()))
        groups.push_back({query->text(0), query->text(1), query->integer(2)});
    return groups;
}

} // namespace artdag::server
