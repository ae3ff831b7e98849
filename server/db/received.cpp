// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/received.h"

namespace artdag::server {

Result<bool> isNewSignature(Database::Lease& lease, const Digest& hash, std::int64_t now)
{
    auto* insert = TRY(lease.statement("INSERT INTO seen_signatures (hash, seen_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING"));
    insert->bind(1, hash).bind(2, now);
    TRY(insert->run());
    return insert->changes() > 0;
}

Result<bool> isNewActivity(Database::Lease& lease, std::string_view uri, std::string_view actor, std::string_view type, std::int64_t now)
{
    auto* insert = TRY(lease.statement("INSERT INTO received_activities (uri, actor, type, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT (uri) DO NOTHING"));
    insert->bind(1, uri).bind(2, actor).bind(3, type).bind(4, now);
    TRY(insert->run());
    return insert->changes() > 0;
}

Result<void> forgetReceived(Database::Lease& lease, std::int64_t now)
{
    constexpr std::int64_t hour = 3600LL * 1'000'000;
    auto* signatures = TRY(lease.statement("DELETE FROM seen_signatures WHERE seen_at < $1"));
    signatures->bind(1, now - 3 * hour);
    TRY(signatures->run());
    auto* activities = TRY(lease.statement("DELETE FROM received_activities WHERE received_at < $1"));
    activities->bind(1, now - 90 * 24 * hour);
    return activities->run();
}

} // namespace artdag::server
