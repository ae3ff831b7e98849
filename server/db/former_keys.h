// SPDX-License-Identifier: GPL-3.0-or-later
// Transport keys that were replaced: what they signed (linked-data signatures within activities) is checked long after.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct FormerKey {
    std::string pem;
    std::int64_t replacedAt = 0;
};

/// The key that the account has now, when it has one and it is another than `next`, is kept as a former one. True then.
Result<bool> keepFormerKey(Database::Lease& lease, std::string_view user, std::string_view next, std::int64_t now);
/// The first replaced first.
Result<std::vector<FormerKey>> formerKeysOf(Database& database, std::int64_t userId);

} // namespace artdag::server
