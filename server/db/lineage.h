// SPDX-License-Identifier: GPL-3.0-or-later
// What signed works are made of, and what they were made into: the edges of claims, followed in both directions.
#pragma once

#include "server/db/works.h"

#include <string>
#include <vector>

namespace artdag::server {

/// The ingredients that a claim names, in its order.
Result<std::vector<LineageEdge>> parentsOf(Database& database, const ManifestId& claim);
/// Actor ids and `@user@host` accounts that the work's claim names as owners of what it is made of.
Result<std::vector<std::string>> citedOwners(Database& database, const Work& work);

} // namespace artdag::server
