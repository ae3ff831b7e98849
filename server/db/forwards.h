// SPDX-License-Identifier: GPL-3.0-or-later
// Activities of others that this server passes on to the followers of one of its accounts (ActivityPub §7.1.2): kept as the exact
// bytes that came, and sent from the queue that everything is sent from.
#pragma once

#include "server/db/database.h"

#include <cstdint>
#include <string>

namespace artdag::server {

struct Forward {
    std::string uri;         ///< of the activity
    std::string object;      ///< what it is about: what is about one thing is sent in order
    std::string bytes;       ///< as they came
    std::int64_t userId = 0; ///< whose followers get it, and who signs the requests
    std::string except;      ///< a host that has it already
};

/// One delivery for each distinct inbox of the followers. Nothing happens for an activity that was passed on before.
Result<void> planForward(Database::Lease& lease, const Forward& forward, std::int64_t now);
/// Those older than a week that are sent to nobody any more.
Result<void> forgetForwarded(Database::Lease& lease, std::int64_t now);

} // namespace artdag::server
