// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/renditions.h"

namespace artdag::server {

Result<void> noteRendition(Database& database, const ContentId& source, std::string_view kind, const Rendition& rendition)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO renditions (source, kind, object, words, problem, made_at) VALUES ($1, $2, $3, $4, $5, $6) "
                                       "ON CONFLICT (source, kind) DO UPDATE SET object = excluded.object, words = excluded.words, problem = excluded.problem, made_at = excluded.made_at"));
    insert->bind(1, source.digest).bind(2, kind).bind(3, rendition.object).bind(4, rendition.words).bind(5, rendition.problem).bind(6, rendition.madeAt);
    return insert->run();
}

Result<Renditions> renditionsOf(Database& database, const ContentId& source)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT kind, object, words, problem, made_at FROM renditions WHERE source = $1"));
    query->bind(1, source.digest);
    Renditions renditions;
    while (TRY(query->step())) {
        Rendition rendition{{}, query->text(2), query->text(3), query->integer(4)};
        if (!query->isNull(1))
            rendition.object = ContentId{TRY(query->digest(1))};
        renditions.emplace(query->text(0), std::move(rendition));
    }
    return renditions;
}

Result<std::optional<ContentId>> sourceOfRendition(Database& database, const ContentId& object)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT source FROM renditions WHERE object = $1 AND source <> object LIMIT 1"));
    query->bind(1, object.digest);
    if (!TRY(query->step()))
        return std::optional<ContentId>();
    const ContentId source{TRY(query->digest(0))};
    query->reset();
    return std::optional(source);
}

Result<bool> isBeingMade(Database& database, const ContentId& source)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM jobs WHERE kind IN ('rendition', 'stream') AND ref = $1 AND state = 'waiting' LIMIT 1"));
    query->bind(1, source.hex());
    return query->step();
}

Result<void> addMadeObject(Database& database, const HeldObject& object)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO objects (sha3, sha256, size, media_type, created_at, media) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha3) DO NOTHING"));
    insert->bind(1, object.id.digest).bind(2, object.sha256).bind(3, object.size).bind(4, object.type).bind(5, nowMicroseconds()).bind(6, object.media.dump());
    return insert->run();
}

} // namespace artdag::server
