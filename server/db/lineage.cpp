// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/lineage.h"

#include <algorithm>

namespace artdag::server {

Result<std::vector<LineageEdge>> parentsOf(Database& database, const ManifestId& claim)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT parent_hash, coalesce(parent_url, ''), coalesce(parent_owner, ''), role, coalesce(weight_bp, -1) FROM lineage_edges WHERE child_claim = $1 ORDER BY position"));
    query->bind(1, claim.digest);
    std::vector<LineageEdge> edges;
    while (TRY(query->step())) {
        LineageEdge edge;
        if (!query->isNull(0))
            edge.parent = ContentId{TRY(query->digest(0))};
        edge.url = query->text(1);
        edge.owner = query->text(2);
        edge.role = query->text(3);
        edge.weight = static_cast<int>(query->integer(4));
        edges.push_back(std::move(edge));
    }
    return edges;
}

Result<std::vector<std::string>> citedOwners(Database& database, const Work& work)
{
    std::vector<std::string> owners;
    if (!work.claim)
        return owners;
    for (const LineageEdge& edge : TRY(parentsOf(database, *work.claim)))
        if (!edge.owner.empty() && std::ranges::find(owners, edge.owner) == owners.end())
            owners.push_back(edge.owner);
    return owners;
}

} // namespace artdag::server
