// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/objects.h"

namespace artdag::server {

Result<void> addObject(Database& database, const HeldObject& object, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* insert = TRY(lease.statement("INSERT INTO objects (sha3, sha256, size, media_type, created_at, media) VALUES ($1, $2, $3, $4, $5, $6) "
                                       "ON CONFLICT (sha3) DO UPDATE SET media = excluded.media WHERE objects.media = '{}'"));
    insert->bind(1, object.id.digest).bind(2, object.sha256).bind(3, object.size).bind(4, object.type).bind(5, nowMicroseconds()).bind(6, object.media.dump());
    TRY(insert->run());
    auto* holder = TRY(lease.statement("INSERT INTO object_holders (sha3, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"));
    holder->bind(1, object.id.digest).bind(2, userId);
    TRY(holder->run());
    return transaction.commit();
}

Result<HeldObject> findObject(Database& database, const ContentId& id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT sha256, size, media_type, media FROM objects WHERE sha3 = $1"));
    query->bind(1, id.digest);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "object " + id.text() + ": there are no such bytes here");
    HeldObject object;
    object.id = id;
    object.sha256 = TRY(query->digest(0));
    object.size = static_cast<std::uint64_t>(query->integer(1));
    object.type = query->text(2);
    object.media = TRY(readJson(query->text(3)));
    return object;
}

Result<bool> mayRead(Database& database, const ContentId& id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM object_holders WHERE sha3 = $1 AND user_id = $2 UNION ALL "
                                      "SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE sha3 = $1 AND visibility IN ('public', 'unlisted') UNION ALL "
                                      "SELECT 1 FROM renditions JOIN object_holders ON object_holders.sha3 = source WHERE object = $1 AND user_id = $2 UNION ALL "
                                      "SELECT 1 FROM renditions JOIN work_objects ON work_objects.sha3 = source JOIN works ON works.id = work_id WHERE object = $1 AND visibility IN ('public', 'unlisted') LIMIT 1"));
    query->bind(1, id.digest).bind(2, userId);
    return query->step();
}

Result<bool> holdsObject(Database& database, const ContentId& id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM object_holders WHERE sha3 = $1 AND user_id = $2"));
    query->bind(1, id.digest).bind(2, userId);
    return query->step();
}

} // namespace artdag::server
