// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/fingerprints.h"

namespace artdag::server {

Result<bool> hasPrint(Database::Lease& lease, const StoredPrint& print)
{
    auto* query = TRY(lease.statement("SELECT 1 FROM fingerprints WHERE sha3 = $1 AND kind = $2 AND version = $3"));
    query->bind(1, print.source.digest).bind(2, print.kind).bind(3, print.version);
    const bool found = TRY(query->step());
    query->reset();
    return found;
}

Result<void> notePrint(Database::Lease& lease, const StoredPrint& print)
{
    auto* insert = TRY(lease.statement("INSERT INTO fingerprints (sha3, kind, version, value, quality) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"));
    insert->bind(1, print.source.digest).bind(2, print.kind).bind(3, print.version).bind(4, ByteView(print.value)).bind(5, print.quality);
    return insert->run();
}

Result<std::vector<StoredPrint>> otherPrints(Database::Lease& lease, const StoredPrint& print, std::int64_t leastQuality)
{
    auto* query = TRY(lease.statement("SELECT sha3, value, quality FROM fingerprints WHERE kind = $1 AND version = $2 AND sha3 <> $3 AND quality >= $4"));
    query->bind(1, print.kind).bind(2, print.version).bind(3, print.source.digest).bind(4, leastQuality);
    std::vector<StoredPrint> prints;
    while (TRY(query->step()))
        prints.push_back({ContentId{TRY(query->digest(0))}, print.kind, print.version, query->blob(1), query->integer(2)});
    return prints;
}

Result<void> noteAlike(Database::Lease& lease, const ContentId& source, const ContentId& earlier, std::string_view kind, std::int64_t distance)
{
    auto* insert = TRY(lease.statement("INSERT INTO alike (sha3, earlier, kind, distance) VALUES ($1, $2, $3, $4) ON CONFLICT (sha3, earlier, kind) DO UPDATE SET distance = excluded.distance"));
    insert->bind(1, source.digest).bind(2, earlier.digest).bind(3, kind).bind(4, distance);
    return insert->run();
}

Result<std::vector<AlikeWork>> earlierWorksLike(Database& database, const ContentId& source)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT users.name, works.name, works.title, alike.kind, alike.distance FROM alike JOIN works ON works.content = alike.earlier AND works.state = 'living' "
                                      "JOIN users ON users.id = works.owner_id WHERE alike.sha3 = $1 ORDER BY alike.distance, works.id LIMIT 20"));
    query->bind(1, source.digest);
    std::vector<AlikeWork> works;
    while (TRY(query->step()))
        works.push_back({query->text(0), query->text(1), query->text(2), query->text(3), query->integer(4)});
    return works;
}

Result<void> forgetPrints(Database::Lease& lease, const ContentId& source)
{
    for (const char* sql : {"DELETE FROM fingerprints WHERE sha3 = $1", "DELETE FROM alike WHERE sha3 = $1 OR earlier = $1"}) {
        auto* forget = TRY(lease.statement(sql));
        forget->bind(1, source.digest);
        TRY(forget->run());
    }
    return {};
}

} // namespace artdag::server
