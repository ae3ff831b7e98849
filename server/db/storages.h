// SPDX-License-Identifier: GPL-3.0-or-later
// Storage providers of accounts, and which copies are where. Secrets are sealed before they come here.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

struct Storage {
    std::int64_t id = 0;
    std::int64_t userId = 0;
    std::string type; ///< local, s3, ipfs
    std::string name;
    Json settings = Json::object(); ///< without secrets
    Bytes secret;                   ///< sealed; empty when there is none
    bool active = true;
    std::int64_t quota = -1; ///< bytes, -1: no limit of ours
    std::int64_t createdAt = 0;
    std::int64_t testedAt = 0; ///< 0: never
    std::string error;         ///< of the last test or copy; empty when it went well
};

Result<Storage> addStorage(Database& database, Storage storage);
/// Everything but id, owner, type and time of creation.
Result<void> updateStorage(Database& database, const Storage& storage);
/// Forgets it and where its copies are; the copies stay there.
Result<void> removeStorage(Database& database, std::int64_t id);
/// NotFound for one of another account.
Result<Storage> findStorage(Database& database, std::int64_t id, std::int64_t userId);
/// Of one account, by id; of one type when it is given.
Result<std::vector<Storage>> listStorages(Database& database, std::int64_t userId, std::string_view type);
Result<void> noteStorage(Database& database, std::int64_t id, std::int64_t testedAt, std::string_view error);

struct Copies {
    std::int64_t count = 0;
    std::int64_t bytes = 0;
};
Result<Copies> copiesIn(Database& database, std::int64_t storageId);

struct CopyPlace {
    Storage storage;
    std::string address;
};
Result<void> addCopy(Database& database, const ContentId& id, std::int64_t storageId, std::string_view address);
Result<void> removeCopy(Database& database, const ContentId& id, std::int64_t storageId);
/// Where copies of these bytes are.
Result<std::vector<CopyPlace>> copiesOf(Database& database, const ContentId& id);
/// Active storages that lack these bytes and should have them: those of the owners of living public or unlisted works that cite
/// them, and those of the server's owner, who keeps copies of everything that is public here. None for what was taken down.
Result<std::vector<Storage>> storagesFor(Database& database, const ContentId& id);
/// Bytes that this storage should have and has not.
Result<std::vector<ContentId>> missingIn(Database& database, const Storage& storage, int limit);

/// Bytes that a work cites and of which there is a copy somewhere.
Result<std::vector<ContentId>> copiedObjectsOf(Database::Lease& lease, std::int64_t workId);
/// All bytes that a work cites and that are here.
Result<std::vector<ContentId>> objectsOfWork(Database& database, std::int64_t workId);

} // namespace artdag::server
