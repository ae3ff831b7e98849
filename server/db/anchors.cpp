// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/anchors.h"

#include "core/anchor/merkle.h"
#include "core/base/json.h"

namespace artdag::server {

namespace {

#define ANCHOR_COLUMNS "id, root, leaves, state, proof, calendars, block, coalesce(block_time, 0), header, created_at, coalesce(checked_at, 0), error"

Result<Anchor> anchorOf(const Statement& row)
{
    Anchor anchor;
    anchor.id = row.integer(0);
    anchor.root = TRY(row.digest(1));
    anchor.leaves = row.integer(2);
    anchor.state = row.text(3);
    anchor.proof = row.blob(4);
    const Json calendars = TRY(readJson(row.text(5)));
    for (const Json& calendar : calendars)
        anchor.calendars.push_back(calendar.get<std::string>());
    if (!row.isNull(6))
        anchor.block = row.integer(6);
    anchor.blockTime = row.integer(7);
    if (!row.isNull(8))
        anchor.header = row.blob(8);
    anchor.createdAt = row.integer(9);
    anchor.checkedAt = row.integer(10);
    anchor.error = row.text(11);
    return anchor;
}

Result<std::vector<Anchor>> anchorsOf(Statement& query)
{
    std::vector<Anchor> anchors;
    while (TRY(query.step()))
        anchors.push_back(TRY(anchorOf(query)));
    return anchors;
}

struct Batch {
    std::vector<Digest> leaves;
    std::int64_t last = 0;
    bool isDue = false; ///< something else than an anchor is in it
};

Result<Batch> gather(Database::Lease& lease)
{
    auto* query = TRY(lease.statement("SELECT seq, leaf, kind FROM log_leaves WHERE anchor_id IS NULL ORDER BY seq LIMIT $1"));
    query->bind(1, mostLeaves);
    Batch batch;
    while (TRY(query->step())) {
        batch.last = query->integer(0);
        batch.leaves.push_back(TRY(query->digest(1)));
        batch.isDue = batch.isDue || query->text(2) != "anchor";
    }
    return batch;
}

} // namespace

Result<Timestamp> Anchor::timestamp() const
{
    Bytes message(root.begin(), root.end());
    if (!proof.empty())
        return readTimestamp(proof, std::move(message));
    Timestamp empty;
    empty.message = std::move(message);
    return empty;
}

Result<std::optional<Anchor>> makeAnchor(Database& database, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    const Batch batch = TRY(gather(lease));
    if (!batch.isDue)
        return std::optional<Anchor>();
    Anchor anchor;
    anchor.root = merkleRoot(batch.leaves);
    anchor.leaves = static_cast<std::int64_t>(batch.leaves.size());
    anchor.createdAt = now;
    auto* insert = TRY(lease.statement("INSERT INTO anchors (root, leaves, state, proof, calendars, created_at) VALUES ($1, $2, $3, $4, '[]', $5) RETURNING id"));
    insert->bind(1, anchor.root).bind(2, anchor.leaves).bind(3, anchor.state).bind(4, ByteView(anchor.proof)).bind(5, now);
    TRY(insert->step());
    anchor.id = insert->integer(0);
    insert->reset();
    auto* update = TRY(lease.statement("UPDATE log_leaves SET anchor_id = $1 WHERE anchor_id IS NULL AND seq <= $2"));
    update->bind(1, anchor.id).bind(2, batch.last);
    TRY(update->run());
    TRY(addLeaf(lease, "anchor", hexOf(anchor.root), anchor.root, now));
    TRY(transaction.commit());
    return std::optional(std::move(anchor));
}

Result<Anchor> findAnchor(Database& database, const Digest& root)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ANCHOR_COLUMNS " FROM anchors WHERE root = $1"));
    query->bind(1, root);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "anchor " + hexOf(root) + ": there is no such anchor here");
    return anchorOf(*query);
}

Result<Anchor> findAnchor(Database& database, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ANCHOR_COLUMNS " FROM anchors WHERE id = $1"));
    query->bind(1, id);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "anchor: there is no such anchor here");
    return anchorOf(*query);
}

Result<std::vector<Anchor>> listAnchors(Database& database, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ANCHOR_COLUMNS " FROM anchors WHERE $1 = 0 OR id < $1 ORDER BY id DESC LIMIT $2"));
    query->bind(1, before).bind(2, limit);
    return anchorsOf(*query);
}

Result<std::vector<Anchor>> listNewAnchors(Database& database, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ANCHOR_COLUMNS " FROM anchors WHERE state = 'new' ORDER BY id LIMIT $1"));
    query->bind(1, limit);
    return anchorsOf(*query);
}

Result<void> updateAnchor(Database& database, const Anchor& anchor)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE anchors SET state = $1, proof = $2, calendars = $3, block = $4, block_time = $5, header = $6, checked_at = $7, error = $8 WHERE id = $9"));
    update->bind(1, anchor.state).bind(2, ByteView(anchor.proof)).bind(3, Json(anchor.calendars).dump()).bind(7, anchor.checkedAt).bind(8, anchor.error).bind(9, anchor.id);
    if (anchor.block)
        update->bind(4, *anchor.block);
    else
        update->bind(4, nullptr);
    update->bind(5, anchor.blockTime).bind(6, ByteView(anchor.header));
    return update->run();
}

} // namespace artdag::server
