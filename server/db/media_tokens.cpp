// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/media_tokens.h"

namespace artdag::server {

Result<void> putMediaTokens(Database::Lease& lease, const Work& work)
{
    auto* sweep = TRY(lease.statement("DELETE FROM media_tokens WHERE work_id = $1"));
    sweep->bind(1, work.id);
    TRY(sweep->run());
    auto* insert = TRY(lease.statement("INSERT INTO media_tokens (token, sha3, work_id, created_at) VALUES ($1, $2, $3, $4)"));
    for (const auto& [token, content] : {std::pair{&work.mediaToken, std::optional(work.content)}, std::pair{&work.posterToken, work.poster}}) {
        if (token->empty() || !content)
            continue;
        insert->reset();
        insert->bind(1, *token).bind(2, content->digest).bind(3, work.id).bind(4, nowMicroseconds());
        TRY(insert->run());
    }
    return {};
}

Result<std::optional<ContentId>> contentOfToken(Database& database, std::string_view token)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT sha3 FROM media_tokens WHERE token = $1 AND NOT EXISTS (SELECT 1 FROM hash_blocks WHERE hash = sha3)"));
    query->bind(1, token);
    if (!TRY(query->step()))
        return std::optional<ContentId>();
    return std::optional(ContentId{TRY(query->digest(0))});
}

} // namespace artdag::server
