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
/// in `to` and `cc`. `workId`: of the work that it is about, 0 for none. `uuid`: made when it is not given.
Result<Activity> sendActivity(Site& site, Database::Lease& lease, const Actor& actor, const std::string& type, Json members, std::int64_t workId = 0, std::string uuid = {});
/// The profile changed (name, words, picture, keys, where it went): an Update with the whole actor to all followers. Call it in
/// the transaction of the change, after it.
Result<void> sendProfile(Site& site, Database::Lease& lease, const Actor& actor, Json document);
/// The bytes of an activity as it is kept and sent: one that is addressed to everyone carries its author's linked-data signature,
/// so that others may pass it on; others do not, since that could be shown around.
Result<std::string> activityBytes(Site& site, const std::string& user, Json document);
/// `https://host/activities/<uuid>` of an activity.
std::string activityUrl(const Instance& instance, const Activity& activity);

} // namespace artdag::server
