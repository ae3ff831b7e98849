// SPDX-License-Identifier: GPL-3.0-or-later
// People of other servers: found by id, key or account, fetched once a day at most, their keys once more when a signature
// does not fit.
#pragma once

#include "server/db/actors.h"
#include "server/l2/site.h"

#include <string>
#include <string_view>

namespace artdag::server {

/// What an actor's document says. Denied when inbox or key live on another server than the actor, or the key is another's.
Result<Actor> readActor(const Json& document);

/// From the table while it is younger than a day, else fetched; an older one stands in when the fetch fails. Ours are found as
/// well. NotFound for those that are gone.
Result<Actor> findOrFetchActor(Site& site, const std::string& uri);
/// The actor that a key belongs to and that lists this key.
Result<Actor> actorOfKey(Site& site, const std::string& keyId);
/// Fetched again although it is known: its signature did not fit its key. Once a minute and host; Unavailable otherwise.
Result<Actor> refetchActor(Site& site, const Actor& actor);
/// `@user@host`, `user@host`, or an actor's URL.
Result<Actor> actorOfAccount(Site& site, std::string_view account);

} // namespace artdag::server
