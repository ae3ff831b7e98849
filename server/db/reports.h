// SPDX-License-Identifier: GPL-3.0-or-later
// Reports for the moderators: from people here, or as a Flag from another server.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct NewReport {
    std::string uri;            ///< of the Flag; unique
    std::int64_t fromActor = 0; ///< 0: not said
    std::int64_t aboutUser = 0; ///< 0: nobody of ours in particular
    std::vector<std::string> objects;
    std::string comment; ///< plain text
};

/// False when it was there already.
Result<bool> addReport(Database::Lease& lease, const NewReport& report, std::int64_t now);

} // namespace artdag::server
