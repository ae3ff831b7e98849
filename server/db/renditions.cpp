// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/renditions.h"

#include "server/db/fingerprints.h"

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

Result<bool> isStreamPlanned(Database& database, const ContentId& source)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM jobs WHERE kind = 'stream' AND ref = $1 AND state = 'waiting' LIMIT 1"));
    query->bind(1, source.hex());
    return query->step();
}

Result<std::vector<MadeFile>> filesThatCanBeMadeAgain(Database& database)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT source, object FROM renditions WHERE problem = '' AND (kind = 'hls' OR (kind IN ('share', 'sound') AND object <> source "
                                      "AND NOT EXISTS (SELECT 1 FROM object_holders WHERE object_holders.sha3 = object) AND NOT EXISTS (SELECT 1 FROM work_objects WHERE work_objects.sha3 = object)))"));
    std::vector<MadeFile> files;
    while (TRY(query->step())) {
        MadeFile file{ContentId{TRY(query->digest(0))}, {}};
        if (!query->isNull(1))
            file.object = ContentId{TRY(query->digest(1))};
        files.push_back(std::move(file));
    }
    return files;
}

Result<std::vector<ContentId>> forgetRenditions(Database::Lease& lease, const ContentId& source)
{
    TRY(forgetPrints(lease, source));
    auto* forget = TRY(lease.statement("DELETE FROM renditions WHERE source = $1 RETURNING object"));
    forget->bind(1, source.digest);
    std::vector<ContentId> made;
    while (TRY(forget->step()))
        if (!forget->isNull(0))
            made.push_back(ContentId{TRY(forget->digest(0))});
    auto* sweep = TRY(lease.statement("DELETE FROM objects WHERE sha3 = $1 AND NOT EXISTS (SELECT 1 FROM object_holders WHERE object_holders.sha3 = $1) AND NOT EXISTS (SELECT 1 FROM renditions WHERE object = $1) "
                                      "AND NOT EXISTS (SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE work_objects.sha3 = $1 AND works.state = 'living') RETURNING sha3"));
    std::vector<ContentId> gone;
    for (const ContentId& object : made) {
        sweep->reset();
        sweep->bind(1, object.digest);
        while (TRY(sweep->step()))
            gone.push_back(object);
    }
    return gone;
}

Result<void> addMadeObject(Database& database, const HeldObject& object)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO objects (sha3, sha256, size, media_type, created_at, media) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (sha3) DO NOTHING"));
    insert->bind(1, object.id.digest).bind(2, object.sha256).bind(3, object.size).bind(4, object.type).bind(5, nowMicroseconds()).bind(6, object.media.dump());
    return insert->run();
}

} // namespace artdag::server
