// SPDX-License-Identifier: GPL-3.0-or-later
// The one function through which the world hears of a work: what happened becomes an activity of exact bytes, addressed as
// the work is; whoever records it plans its deliveries in the same transaction (recordActivity).
#pragma once

#include "server/db/works.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

enum class News {
    Create,
    Update,
    Delete,
    Pin,
    Unpin
};

/// `now` in microseconds; `uuid` empty: a new one.
Result<Activity> activityOf(Site& site, const Work& work, News news, std::int64_t now, std::string uuid = {});
/// Makes and records it, told also to the owners that the work's claim names.
Result<void> announce(Site& site, Database::Lease& lease, const Work& work, News news, std::int64_t now);

/// Time-ordered, 74 random bits (RFC 9562 §5.7).
std::string uuidV7(std::int64_t microseconds);
/// 128 random bits in hexadecimal.
std::string newMediaToken();

} // namespace artdag::server
