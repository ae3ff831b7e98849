// SPDX-License-Identifier: GPL-3.0-or-later
// Claims of other servers that cite works of ours, after they were checked.
#pragma once

#include "server/db/works.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Keeps the claim and the edges of its lineage that lead here, as verified now. Nothing new when it is known.
Result<void> putRemoteClaim(Database::Lease& lease, const ManifestId& id, std::string_view exactBytes, const std::vector<LineageEdge>& edges, std::int64_t now);

} // namespace artdag::server
