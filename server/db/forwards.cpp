// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/forwards.h"

namespace artdag::server {

Result<void> planForward(Database::Lease& lease, const Forward& forward, std::int64_t now)
{
    auto* keep = TRY(lease.statement("INSERT INTO forwarded_activities (uri, exact_bytes, received_at) VALUES ($1, $2, $3) ON CONFLICT (uri) DO NOTHING RETURNING id"));
    keep->bind(1, forward.uri).bind(2, forward.bytes).bind(3, now);
    if (!TRY(keep->step()))
        return {};
    const std::int64_t id = keep->integer(0);
    keep->reset();
    auto* insert = TRY(lease.statement("INSERT INTO deliveries (forwarded_id, user_id, inbox, host, object_uri, next_at, created_at) SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), inbox, host, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($4 AS BIGINT) "
                                       "FROM (SELECT DISTINCT CASE WHEN a.shared_inbox <> '' THEN a.shared_inbox ELSE a.inbox END AS inbox, a.host AS host FROM followers JOIN actors AS a ON a.id = followers.actor_id "
                                       "WHERE followers.user_id = $2 AND followers.state = 'accepted' AND a.user_id IS NULL AND a.gone_at IS NULL AND a.host <> $5 "
                                       "AND NOT EXISTS (SELECT 1 FROM hosts WHERE hosts.host = a.host AND unavailable_at IS NOT NULL)) AS reached WHERE inbox <> '' ON CONFLICT DO NOTHING"));
    insert->bind(1, id).bind(2, forward.userId).bind(3, forward.object).bind(4, now).bind(5, forward.except);
    return insert->run();
}

Result<void> forgetForwarded(Database::Lease& lease, std::int64_t now)
{
    constexpr std::int64_t week = 7LL * 24 * 3600 * 1'000'000;
    auto* sweep = TRY(lease.statement("DELETE FROM forwarded_activities WHERE received_at < $1 AND NOT EXISTS (SELECT 1 FROM deliveries WHERE forwarded_id = forwarded_activities.id)"));
    sweep->bind(1, now - week);
    return sweep->run();
}

} // namespace artdag::server
