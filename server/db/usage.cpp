// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/usage.h"

namespace artdag::server {

std::int64_t dayOf(std::int64_t microseconds)
{
    return microseconds / (24LL * 3600 * 1'000'000);
}

Result<void> addUsage(Database& database, std::int64_t userId, std::string_view kind, std::int64_t day, std::int64_t amount)
{
    auto lease = TRY(database.lease());
    auto* add = TRY(lease.statement("INSERT INTO usage_daily (day, user_id, kind, amount) VALUES ($1, $2, $3, $4) ON CONFLICT (day, user_id, kind) DO UPDATE SET amount = usage_daily.amount + excluded.amount"));
    add->bind(1, day).bind(2, userId).bind(3, kind).bind(4, amount);
    return add->run();
}

Result<std::int64_t> usageOf(Database& database, std::int64_t userId, std::string_view kind, std::int64_t day)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT amount FROM usage_daily WHERE day = $1 AND user_id = $2 AND kind = $3"));
    query->bind(1, day).bind(2, userId).bind(3, kind);
    return TRY(query->step()) ? query->integer(0) : std::int64_t{0};
}

} // namespace artdag::server
