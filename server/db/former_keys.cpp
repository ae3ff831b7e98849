// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/former_keys.h"

namespace artdag::server {

Result<bool> keepFormerKey(Database::Lease& lease, std::string_view user, std::string_view next, std::int64_t now)
{
    auto* insert = TRY(lease.statement("INSERT INTO former_transport_keys (user_id, replaced_at, public_pem) SELECT id, CAST($3 AS BIGINT), public_pem FROM users WHERE name = $1 AND public_pem <> '' AND public_pem <> $2"));
    insert->bind(1, user).bind(2, next).bind(3, now);
    TRY(insert->run());
    return insert->changes() > 0;
}

Result<std::vector<FormerKey>> formerKeysOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT public_pem, replaced_at FROM former_transport_keys WHERE user_id = $1 ORDER BY replaced_at"));
    query->bind(1, userId);
    std::vector<FormerKey> keys;
    while (TRY(query->step()))
        keys.push_back({query->text(0), query->integer(1)});
    return keys;
}

} // namespace artdag::server
