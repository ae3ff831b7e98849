// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/uploads.h"

namespace artdag::server {

Result<void> addUpload(Database& database, const Upload& upload)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO uploads (id, user_id, length, received, content_id, type, created_at, expires) VALUES ($1, $2, $3, 0, $4, $5, $6, $7)"));
    insert->bind(1, upload.id).bind(2, upload.userId).bind(3, upload.length).bind(4, upload.contentId).bind(5, upload.type).bind(6, upload.createdAt).bind(7, upload.expires);
    return insert->run();
}

Result<Upload> findUpload(Database& database, std::string_view id, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT id, user_id, length, received, content_id, type, created_at, expires FROM uploads WHERE id = $1 AND user_id = $2"));
    query->bind(1, id).bind(2, userId);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "upload: there is no such upload of yours; it may have expired");
    Upload upload{query->text(0), query->integer(1), query->integer(2), query->integer(3) == query->integer(2), query->text(4), query->text(5), query->integer(6), query->integer(7)};
    query->reset();
    return upload;
}

Result<void> prolongUpload(Database& database, std::string_view id, std::int64_t expires)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE uploads SET expires = $1 WHERE id = $2"));
    update->bind(1, expires).bind(2, id);
    return update->run();
}

Result<void> completeUpload(Database& database, std::string_view id, std::string_view contentId)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE uploads SET received = length, content_id = $1 WHERE id = $2"));
    update->bind(1, contentId).bind(2, id);
    return update->run();
}

Result<void> removeUpload(Database& database, std::string_view id)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM uploads WHERE id = $1"));
    sweep->bind(1, id);
    return sweep->run();
}

Result<std::vector<std::string>> removeExpiredUploads(Database& database, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM uploads WHERE expires < $1 RETURNING id"));
    sweep->bind(1, now);
    std::vector<std::string> ids;
    while (TRY(sweep->step()))
        ids.push_back(sweep->text(0));
    return ids;
}

Result<RoomTaken> roomTakenBy(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT (SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM object_holders JOIN objects ON objects.sha3 = object_holders.sha3 WHERE object_holders.user_id = users.id) "
                                      "+ (SELECT CAST(COALESCE(SUM(length), 0) AS BIGINT) FROM uploads WHERE uploads.user_id = users.id AND received < length), quota FROM users WHERE id = $1"));
    query->bind(1, userId);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "account: it is not here any more");
    const RoomTaken taken{query->integer(0), query->integer(1)};
    query->reset();
    return taken;
}

} // namespace artdag::server
