// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/log_leaves.h"

#include "core/anchor/merkle.h"
#include "core/base/files.h"

namespace artdag::server {

namespace {

constexpr std::size_t saltLength = 16;
constexpr std::string_view anchorKind = "anchor";
/// A leaf whose transaction is a little late is still under its period's anchor.
constexpr std::int64_t anchorDelay = 5'000'000;

#define LEAF_COLUMNS "seq, kind, ref, salt, leaf, created_at, coalesce(anchor_id, 0)"

Result<Leaf> leafOfRow(const Statement& row)
{
    Leaf leaf;
    leaf.seq = row.integer(0);
    leaf.kind = row.text(1);
    leaf.ref = row.text(2);
    if (!row.isNull(3))
        leaf.salt = row.blob(3);
    leaf.leaf = TRY(row.digest(4));
    leaf.createdAt = row.integer(5);
    leaf.anchorId = row.integer(6);
    return leaf;
}

/// One job a period, whoever added the leaf; one more at once when there are enough for an anchor.
Result<void> askForAnchor(Database::Lease& lease, std::int64_t seq, std::int64_t now)
{
    auto* insert = TRY(lease.statement("INSERT INTO jobs (kind, ref, payload, state, run_at, created_at) VALUES ($1, $2, '{}', 'waiting', $3, $4) ON CONFLICT DO NOTHING"));
    const std::int64_t period = now / anchorPeriod;
    insert->bind(1, anchorJob).bind(2, "period " + std::to_string(period)).bind(3, (period + 1) * anchorPeriod + anchorDelay).bind(4, now);
    TRY(insert->run());
    if (seq % mostLeaves != 0)
        return {};
    insert->reset();
    insert->bind(2, "leaf " + std::to_string(seq)).bind(3, now);
    return insert->run();
}

/// Bytes and names of one table, for beginSequence.
Result<void> addLeavesOf(Database::Lease& lease, std::string_view kind, std::string_view sql)
{
    struct Document {
        std::string ref, bytes;
        std::int64_t at = 0;
    };
    auto* query = TRY(lease.statement(sql));
    for (std::int64_t after = 0;;) {
        query->reset();
        query->bind(1, after);
        std::vector<Document> documents;
        while (TRY(query->step())) {
            after = query->integer(0);
            const bool isClaim = kind == "claim";
            documents.push_back({isClaim ? ManifestId{TRY(query->digest(1))}.text() : query->text(1), query->text(2), query->integer(3)});
        }
        if (documents.empty())
            return {};
        for (const Document& document : documents)
            TRY(addLeaf(lease, kind, document.ref, bytesOf(document.bytes), document.at));
    }
}

} // namespace

Result<void> addLeaf(Database::Lease& lease, std::string_view kind, std::string_view ref, ByteView bytes, std::int64_t now)
{
    const Bytes salt = secureRandom(saltLength);
    auto* insert = TRY(lease.statement("INSERT INTO log_leaves (seq, kind, ref, salt, leaf, created_at) VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM log_leaves), $1, $2, $3, $4, $5) RETURNING seq"));
    insert->bind(1, kind).bind(2, ref).bind(3, ByteView(salt)).bind(4, leafOf(salt, sha256(bytes))).bind(5, now);
    TRY(insert->step());
    const std::int64_t seq = insert->integer(0);
    insert->reset();
    // An anchor's own leaf goes under the next anchor, but asks for none: else there would be one every ten minutes for ever.
    return kind == anchorKind ? Result<void>() : askForAnchor(lease, seq, now);
}

Result<void> eraseLeaf(Database::Lease& lease, std::string_view kind, std::string_view ref)
{
    auto* update = TRY(lease.statement("UPDATE log_leaves SET salt = NULL WHERE kind = $1 AND ref = $2"));
    update->bind(1, kind).bind(2, ref);
    return update->run();
}

Result<void> beginSequence(Database& database)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* query = TRY(lease.statement("SELECT 1 FROM log_leaves LIMIT 1"));
    const bool begun = TRY(query->step());
    query->reset();
    if (begun)
        return {};
    TRY(addLeavesOf(lease, "claim", "SELECT seq, hash, exact_bytes, received_at FROM claims WHERE seq > $1 ORDER BY seq LIMIT 500"));
    TRY(addLeavesOf(lease, "activity", "SELECT seq, uuid, exact_bytes, published FROM activities WHERE seq > $1 ORDER BY seq LIMIT 500"));
    return transaction.commit();
}

Result<Leaf> findLeaf(Database& database, std::string_view kind, std::string_view ref)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " LEAF_COLUMNS " FROM log_leaves WHERE kind = $1 AND ref = $2 ORDER BY seq LIMIT 1"));
    query->bind(1, kind).bind(2, ref);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, std::string(kind) + " '" + std::string(ref.substr(0, 80)) + "': it has no leaf in the sequence");
    auto leaf = leafOfRow(*query);
    query->reset();
    return leaf;
}

Result<std::vector<Leaf>> leavesUnder(Database& database, std::int64_t anchorId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " LEAF_COLUMNS " FROM log_leaves WHERE anchor_id = $1 ORDER BY seq"));
    query->bind(1, anchorId);
    std::vector<Leaf> leaves;
    while (TRY(query->step()))
        leaves.push_back(TRY(leafOfRow(*query)));
    return leaves;
}

Result<std::int64_t> countWaitingLeaves(Database& database)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT count(*) FROM log_leaves WHERE anchor_id IS NULL AND kind <> 'anchor'"));
    TRY(query->step());
    const std::int64_t count = query->integer(0);
    query->reset();
    return count;
}

} // namespace artdag::server
