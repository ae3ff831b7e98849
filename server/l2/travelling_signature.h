// SPDX-License-Identifier: GPL-3.0-or-later
// The signature that an activity carries within itself, for those who get it from somebody else than its actor.
#pragma once

#include "core/base/json.h"
#include "server/db/actors.h"

#include <cstdint>

namespace artdag::server {

/// Denied unless the activity is the actor's and carries an RsaSignature2017 by the actor's key that covers all of it, made within
/// a day before `now` (s since 1970): an older one is news to nobody.
Result<void> checkTravels(const Json& activity, const Actor& actor, std::int64_t now);

} // namespace artdag::server
