// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/storages.h"

namespace artdag::server {

namespace {

#define STORAGE_COLUMNS "storage_providers.id, storage_providers.user_id, storage_providers.type, storage_providers.name, storage_providers.settings, storage_providers.secret, " \
                        "storage_providers.active, storage_providers.quota, storage_providers.created_at, storage_providers.tested_at, storage_providers.error"
constexpr int storageColumns = 11;

Result<Storage> readStorage(const Statement& row)
{
    Storage storage{row.integer(0), row.integer(1), row.text(2), row.text(3), Json::object(), row.blob(5), row.integer(6) != 0, row.integer(7), row.integer(8), row.isNull(9) ? 0 : row.integer(9), row.text(10)};
    storage.settings = TRY(readJson(row.text(4)));
    return storage;
}

Result<std::vector<Storage>> readStorages(Statement& query)
{
    std::vector<Storage> storages;
    while (TRY(query.step()))
        storages.push_back(TRY(readStorage(query)));
    return storages;
}

} // namespace

Result<Storage> addStorage(Database& database, Storage storage)
{
    storage.createdAt = nowMicroseconds();
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO storage_providers (user_id, type, name, settings, secret, active, quota, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"));
    insert->bind(1, storage.userId).bind(2, storage.type).bind(3, storage.name).bind(4, storage.settings.dump()).bind(5, ByteView(storage.secret)).bind(6, storage.active ? 1 : 0).bind(7, storage.quota).bind(8, storage.createdAt);
    TRY(insert->step());
    storage.id = insert->integer(0);
    insert->reset();
    return storage;
}

Result<void> updateStorage(Database& database, const Storage& storage)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE storage_providers SET name = $1, settings = $2, secret = $3, active = $4, quota = $5, error = $6 WHERE id = $7"));
    update->bind(1, storage.name).bind(2, storage.settings.dump()).bind(3, ByteView(storage.secret)).bind(4, storage.active ? 1 : 0).bind(5, storage.quota).bind(6, storage.error).bind(7, storage.id);
    return update->run();
}

Result<void> removeStorage(Database& database, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    for (const char* sql : {"DELETE FROM object_locations WHERE provider_id = $1", "DELETE FROM storage_providers WHERE id = $1"}) {
        auto* statement = TRY(lease.statement(sql));
        statement->bind(1, id);
        TRY(statement->run());
    }
    return transaction.commit();
}

Result<Storage> findStorage(Database& database, std::int64_t id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " STORAGE_COLUMNS " FROM storage_providers WHERE id = $1 AND user_id = $2"));
    query->bind(1, id).bind(2, userId);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "storage " + std::to_string(id) + ": there is no such storage of yours");
    auto storage = readStorage(*query);
    query->reset();
    return storage;
}

Result<std::vector<Storage>> listStorages(Database& database, std::int64_t userId, std::string_view type)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(type.empty() ? "SELECT " STORAGE_COLUMNS " FROM storage_providers WHERE user_id = $1 ORDER BY id" : "SELECT " STORAGE_COLUMNS " FROM storage_providers WHERE user_id = $1 AND type = $2 ORDER BY id"));
    query->bind(1, userId);
    if (!type.empty())
        query->bind(2, type);
    return readStorages(*query);
}

Result<void> noteStorage(Database& database, std::int64_t id, std::int64_t testedAt, std::string_view error)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE storage_providers SET tested_at = $1, error = $2 WHERE id = $3"));
    update->bind(1, testedAt).bind(2, error).bind(3, id);
    return update->run();
}

Result<Copies> copiesIn(Database& database, std::int64_t storageId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM object_locations JOIN objects ON objects.sha3 = object_locations.sha3 WHERE provider_id = $1"));
    query->bind(1, storageId);
    TRY(query->step());
    const Copies copies{query->integer(0), query->integer(1)};
    query->reset();
    return copies;
}

Result<void> addCopy(Database& database, const ContentId& id, std::int64_t storageId, std::string_view address)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO object_locations (sha3, provider_id, address, stored_at) VALUES ($1, $2, $3, $4) ON CONFLICT (sha3, provider_id) DO UPDATE SET address = excluded.address"));
    insert->bind(1, id.digest).bind(2, storageId).bind(3, address).bind(4, nowMicroseconds());
    return insert->run();
}

Result<void> removeCopy(Database& database, const ContentId& id, std::int64_t storageId)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM object_locations WHERE sha3 = $1 AND provider_id = $2"));
    sweep->bind(1, id.digest).bind(2, storageId);
    return sweep->run();
}

Result<std::vector<CopyPlace>> copiesOf(Database& database, const ContentId& id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " STORAGE_COLUMNS ", address FROM object_locations JOIN storage_providers ON storage_providers.id = provider_id WHERE sha3 = $1 ORDER BY storage_providers.id"));
    query->bind(1, id.digest);
    std::vector<CopyPlace> places;
    while (TRY(query->step()))
        places.push_back({TRY(readStorage(*query)), query->text(storageColumns)});
    return places;
}

Result<std::vector<Storage>> storagesFor(Database& database, const ContentId& id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " STORAGE_COLUMNS " FROM storage_providers JOIN users ON users.id = storage_providers.user_id WHERE storage_providers.active = 1 "
                                      "AND NOT EXISTS (SELECT 1 FROM object_locations WHERE object_locations.sha3 = $1 AND provider_id = storage_providers.id) "
                                      "AND EXISTS (SELECT 1 FROM work_objects JOIN works ON works.id = work_objects.work_id WHERE work_objects.sha3 = $1 "
                                      "AND works.state = 'living' AND works.visibility IN ('public', 'unlisted') AND (works.owner_id = storage_providers.user_id OR users.role = 'owner')) "
                                      "AND NOT EXISTS (SELECT 1 FROM hash_blocks WHERE hash = $1) ORDER BY storage_providers.id"));
    query->bind(1, id.digest);
    return readStorages(*query);
}

Result<std::vector<ContentId>> missingIn(Database& database, const Storage& storage, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT DISTINCT work_objects.sha3 FROM work_objects JOIN works ON works.id = work_objects.work_id JOIN objects ON objects.sha3 = work_objects.sha3 "
                                      "JOIN users ON users.id = $1 WHERE works.state = 'living' AND works.visibility IN ('public', 'unlisted') AND (works.owner_id = $1 OR users.role = 'owner') "
                                      "AND NOT EXISTS (SELECT 1 FROM object_locations WHERE object_locations.sha3 = work_objects.sha3 AND provider_id = $2) "
                                      "AND NOT EXISTS (SELECT 1 FROM hash_blocks WHERE hash = work_objects.sha3) LIMIT $3"));
    query->bind(1, storage.userId).bind(2, storage.id).bind(3, limit);
    std::vector<ContentId> missing;
    while (TRY(query->step()))
        missing.push_back(ContentId{TRY(query->digest(0))});
    return missing;
}

Result<std::vector<ContentId>> copiedObjectsOf(Database::Lease& lease, std::int64_t workId)
{
    auto* query = TRY(lease.statement("SELECT DISTINCT work_objects.sha3 FROM work_objects JOIN object_locations ON object_locations.sha3 = work_objects.sha3 WHERE work_id = $1"));
    query->bind(1, workId);
    std::vector<ContentId> objects;
    while (TRY(query->step()))
        objects.push_back(ContentId{TRY(query->digest(0))});
    return objects;
}

Result<std::vector<ContentId>> objectsOfWork(Database& database, std::int64_t workId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT DISTINCT work_objects.sha3 FROM work_objects JOIN objects ON objects.sha3 = work_objects.sha3 WHERE work_id = $1"));
    query->bind(1, workId);
    std::vector<ContentId> objects;
    while (TRY(query->step()))
        objects.push_back(ContentId{TRY(query->digest(0))});
    return objects;
}

} // namespace artdag::server
