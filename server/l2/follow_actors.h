// SPDX-License-Identifier: GPL-3.0-or-later
// Beginning and ending follows on behalf of people here, in the caller's transaction.
#pragma once

#include "server/db/follows.h"
#include "server/l2/site.h"

namespace artdag::server {

/// Gives the state: accepted at once for people of this server who let everyone in, else pending. Denied when either side
/// blocks the other.
Result<std::string> followActor(Site& site, Database::Lease& lease, const Actor& own, const Actor& other);
/// False when there was no follow.
Result<bool> unfollowActor(Site& site, Database::Lease& lease, const Actor& own, const Actor& other);
/// Lets a follower in, or not. NotFound when it did not ask.
Result<void> answerFollower(Site& site, Database::Lease& lease, const Actor& own, const Actor& follower, bool accept);

} // namespace artdag::server
