// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/hash_blocks.h"

namespace artdag::server {

Result<void> blockHash(Database::Lease& lease, const Digest& hash, std::string_view reason, std::int64_t moderator)
{
    auto* insert = TRY(lease.statement("INSERT INTO hash_blocks (hash, reason, created_at, created_by) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING"));
    insert->bind(1, hash).bind(2, reason).bind(3, nowMicroseconds()).bind(4, moderator);
    return insert->run();
}

Result<void> unblockHash(Database::Lease& lease, const Digest& hash)
{
    auto* sweep = TRY(lease.statement("DELETE FROM hash_blocks WHERE hash = $1"));
    sweep->bind(1, hash);
    return sweep->run();
}

Result<bool> isHashBlocked(Database& database, const Digest& hash)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM hash_blocks WHERE hash = $1"));
    query->bind(1, hash);
    return query->step();
}

Result<std::vector<HashBlock>> listHashBlocks(Database& database, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT hash, reason, coalesce(users.name, ''), hash_blocks.created_at FROM hash_blocks LEFT JOIN users ON users.id = created_by ORDER BY hash_blocks.created_at DESC LIMIT $1"));
    query->bind(1, limit);
    std::vector<HashBlock> blocks;
    while (TRY(query->step()))
        blocks.push_back({TRY(query->digest(0)), query->text(1), query->text(2), query->integer(3)});
    return blocks;
}

} // namespace artdag::server
