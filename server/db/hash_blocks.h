// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes, of bytes or of frames, that may not be here any more.
#pragma once

#include "core/base/digest.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

Result<void> blockHash(Database::Lease& lease, const Digest& hash, std::string_view reason, std::int64_t moderator);
Result<void> unblockHash(Database::Lease& lease, const Digest& hash);
Result<bool> isHashBlocked(Database& database, const Digest& hash);

struct HashBlock {
    Digest hash{};
    std::string reason, moderatorName; ///< no name: the command line
    std::int64_t createdAt = 0;
};
/// The newest first.
Result<std::vector<HashBlock>> listHashBlocks(Database& database, int limit);

} // namespace artdag::server
