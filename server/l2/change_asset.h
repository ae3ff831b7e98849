// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner of a published work may do to it: change what is said about it, rename it, show it to others than before,
// pin it, withdraw it. Each writes the work and the activities that tell of it in one transaction.
#pragma once

#include "server/db/works.h"
#include "server/l2/site.h"

#include <map>
#include <string>
#include <string_view>

namespace artdag::server {

/// The members of a PATCH: name, title, description, alt, tags, license, visibility, warning; what is missing stays.
/// Conflict: the name is taken, or the member is a signed claim's and changes with a new claim only.
///
/// Whoever may see more gets a Create, whoever had it an Update. Whoever may no longer see it gets a Delete: the object goes
/// on under its next version, because servers remember a deleted id for ever.
Result<Work> changeAsset(Site& site, Work work, const Json& body);

/// What of such a PATCH would be refused for itself, by its member; empty when all of it holds. Whether a name is taken is not
/// looked up.
std::map<std::string, std::string> changeProblems(const Work& work, const Json& body);

/// Conflict when more than five would be pinned, or the work is not public.
Result<Work> pinAsset(Site& site, Work work, bool pinned);

/// The work is gone at once for everybody but its owner, who has thirty days to fetch the bytes before they go as well.
/// Copies at storages are removed at once. `state`: withdrawn, or taken_down, which leaves nothing to the owner either.
Result<void> endAsset(Site& site, Database::Lease& lease, const Work& work, std::string_view state, std::int64_t now);
Result<void> withdrawAsset(Site& site, const Work& work);

} // namespace artdag::server
