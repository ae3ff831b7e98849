// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/objects.h"

namespace artdag::server {

Result<void> addObject(Database& database, const HeldObject& object, std::int64_t userId)
{
    return inTransaction(database, [&](Database::Lease& lease) -> Result<void> {
        auto* insert = TRY(lease.statement("INSERT INTO objects (sha3, sha256, size, media_type, created_at, media) VALUES ($1, $2, $3, $4, $5, $6) "
                                           "ON CONFLICT (sha3) DO UPDATE SET media = excluded.media WHERE objects.media = '{}'"));
        insert->bind(1, object.id.digest).bind(2, object.sha256).bind(3, object.size).bind(4, object.type).bind(5, nowMicroseconds()).bind(6, object.media.dump());
        TRY(insert->run());
        auto* holder = TRY(lease.statement("INSERT INTO object_holders (sha3, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"));
        holder->bind(1, object.id.digest).bind(2, userId);
        TRY(holder->run());
        return {};
    });
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
    auto* query = TRY(lease.statement("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM hash_blocks WHERE hash = $1) AND (EXISTS (SELECT 1 FROM object_holders WHERE sha3 = $1 AND user_id = $2) OR "
                                      "EXISTS (SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE sha3 = $1 AND works.state = 'living' AND visibility IN ('public', 'unlisted')) OR "
                                      "EXISTS (SELECT 1 FROM renditions WHERE object = $1 AND NOT EXISTS (SELECT 1 FROM hash_blocks WHERE hash = source) AND (EXISTS (SELECT 1 FROM object_holders WHERE sha3 = source AND user_id = $2) OR "
                                      "EXISTS (SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE sha3 = source AND works.state = 'living' AND visibility IN ('public', 'unlisted')))))"));
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

Result<std::vector<HeldObject>> listHeld(Database& database, std::int64_t userId)
{
    std::vector<ContentId> ids;
    {
        auto lease = TRY(database.lease());
        auto* query = TRY(lease.statement("SELECT sha3 FROM object_holders WHERE user_id = $1 ORDER BY sha3"));
        query->bind(1, userId);
        while (TRY(query->step()))
            ids.push_back(ContentId{TRY(query->digest(0))});
    }
    std::vector<HeldObject> objects;
    for (const ContentId& id : ids)
        objects.push_back(TRY(findObject(database, id)));
    return objects;
}

Result<std::vector<ContentId>> releaseAll(Database::Lease& lease, std::int64_t userId)
{
    auto* mark = TRY(lease.statement("SELECT sha3 FROM object_holders WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM object_holders AS other WHERE other.sha3 = object_holders.sha3 AND other.user_id <> $1) "
                                     "AND NOT EXISTS (SELECT 1 FROM work_objects JOIN works ON works.id = work_id WHERE work_objects.sha3 = object_holders.sha3 AND works.state = 'living')"));
    mark->bind(1, userId);
    std::vector<ContentId> gone;
    while (TRY(mark->step()))
        gone.push_back(ContentId{TRY(mark->digest(0))});
    auto* release = TRY(lease.statement("DELETE FROM object_holders WHERE user_id = $1"));
    release->bind(1, userId);
    TRY(release->run());
    auto* forget = TRY(lease.statement("DELETE FROM objects WHERE sha3 = $1"));
    for (const ContentId& id : gone) {
        forget->reset();
        forget->bind(1, id.digest);
        TRY(forget->run());
    }
    return gone;
}

} // namespace artdag::server
