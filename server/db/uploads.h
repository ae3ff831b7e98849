// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads that come in pieces, and how much room an account takes. How far an upload is, is the length of its file.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

struct Upload {
    std::string id; ///< 32 hexadecimal digits
    std::int64_t userId = 0;
    std::int64_t length = 0; ///< bytes in all
    bool done = false;       ///< all came and was taken in
    std::string contentId;   ///< as announced, `sha3-256:…`, may be empty; that of the bytes when it is done
    std::string type;        ///< as announced
    std::int64_t createdAt = 0, expires = 0;
};
Result<void> addUpload(Database& database, const Upload& upload);
/// NotFound also for another account's.
Result<Upload> findUpload(Database& database, std::string_view id, std::int64_t userId);
Result<void> prolongUpload(Database& database, std::string_view id, std::int64_t expires);
Result<void> completeUpload(Database& database, std::string_view id, std::string_view contentId);
Result<void> removeUpload(Database& database, std::string_view id);
/// Removes those that expired; their ids.
Result<std::vector<std::string>> removeExpiredUploads(Database& database, std::int64_t now);

struct RoomTaken {
    std::int64_t bytes = 0;  ///< of objects that this account brought, and of uploads on their way
    std::int64_t quota = -1; ///< of this account; -1: the server's
};
Result<RoomTaken> roomTakenBy(Database& database, std::int64_t userId);

} // namespace artdag::server
