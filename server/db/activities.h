// SPDX-License-Identifier: GPL-3.0-or-later
// The one way in which an activity of ours comes to be: numbered, kept as its exact bytes, and its deliveries planned, all in
// the caller's transaction.
#pragma once

#include "server/db/works.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

/// Gives the activity its number. `alsoTo` are actors' ids or `@user@host` accounts that it is sent to besides those it is
/// addressed to.
Result<Activity> recordActivity(Database::Lease& lease, Activity activity, const std::vector<std::string>& alsoTo = {});

/// The number of the activity that first told of a work with the claim that it has now.
Result<std::optional<std::int64_t>> publicationOf(Database& database, const Work& work);

} // namespace artdag::server
