// SPDX-License-Identifier: GPL-3.0-or-later
// The signature that an activity carries within itself, for those who get it from somebody else than its actor.
#pragma once

#include "core/base/json.h"
#include "server/db/actors.h"
#include "server/l2/site.h"

#include <cstdint>
#include <string>

namespace artdag::server {

/// Denied unless the activity is the actor's and carries an RsaSignature2017 by the actor's key that covers all of it, or an
/// integrity proof (FEP-8b32) by a key that the actor lists, made within a day before `now` (s since 1970): an older one is news to
/// nobody.
Result<void> checkTravels(const Json& activity, const Actor& actor, std::int64_t now);

/// The actor of an activity that travels with its signature, fetched where it is not known. When the signature does not fit, the
/// key may have been changed: it is asked for once more, as often as its host may be asked. Denied as above.
Result<Actor> authorOfTravelling(Site& site, const Json& activity, const std::string& actorUri, std::int64_t now);

} // namespace artdag::server
