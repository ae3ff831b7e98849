// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/remote_uses.h"

namespace artdag::server {

Result<void> putRemoteClaim(Database::Lease& lease, const ManifestId& id, std::string_view exactBytes, const std::vector<LineageEdge>& edges, std::int64_t now)
{
    auto* claim = TRY(lease.statement("INSERT INTO claims (hash, exact_bytes, proof, received_at, seq) VALUES ($1, $2, 'creator_signed', $3, (SELECT coalesce(max(seq), 0) + 1 FROM claims)) ON CONFLICT (hash) DO NOTHING"));
    claim->bind(1, id.digest).bind(2, exactBytes).bind(3, now);
    TRY(claim->run());
    auto* edge = TRY(lease.statement("INSERT INTO lineage_edges (child_claim, position, parent_hash, parent_url, parent_owner, role, weight_bp, verified_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (child_claim, position) DO UPDATE SET verified_at = excluded.verified_at"));
    int position = 0;
    for (const LineageEdge& parent : edges) {
        edge->reset();
        edge->bind(1, id.digest).bind(2, position++).bind(4, parent.url).bind(5, parent.owner).bind(6, parent.role).bind(7, parent.weight).bind(8, now);
        edge->bind(3, parent.parent);
        TRY(edge->run());
    }
    return {};
}

} // namespace artdag::server
