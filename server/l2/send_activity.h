// SPDX-License-Identifier: GPL-3.0-or-later
// Activities that people here do besides publishing: follow, like, boost, reply, accept, undo. Made, numbered and planned for
// delivery in the caller's transaction.
#pragma once

#include "server/db/activities.h"
#include "server/db/actors.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

/// `actor` is one of ours. `members` are what the activity has besides context, id, type, actor and published; its audience is
/// in `to` and `cc`. `workId`: of the work that it is about, 0 for none.
Result<Activity> sendActivity(Site& site, Database::Lease& lease, const Actor& actor, const std::string& type, Json members, std::int64_t workId = 0);
/// `https://host/activities/<uuid>` of an activity.
std::string activityUrl(const Instance& instance, const Activity& activity);

} // namespace artdag::server
