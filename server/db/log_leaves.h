// SPDX-License-Identifier: GPL-3.0-or-later
// The append-only sequence of salted hashes: every activity, claim and anchor from the first record on. A leaf is written in the
// transaction of what it is about and never changes; only its salt can go, and then says nothing about the bytes any more.
#pragma once

#include "core/base/digest.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Leaf {
    std::int64_t seq = 0;
    std::string kind; ///< `activity`, `claim`, `anchor`, `attestation`, `consent`, `consent-revocation`
    std::string ref;  ///< UUID of the activity, id of the document, root of the anchor
    Bytes salt;       ///< empty: erased with its bytes
    Digest leaf{};
    std::int64_t createdAt = 0;
    std::int64_t anchorId = 0; ///< 0: waits for the next anchor
};

/// How long leaves gather, in microseconds, and how many at most are under one anchor.
inline constexpr std::int64_t anchorPeriod = 600'000'000;
inline constexpr int mostLeaves = 1000;
inline constexpr std::string_view anchorJob = "anchor";

/// The next leaf of the sequence, about these exact bytes; and a job that will anchor it. Within a transaction that writes.
Result<void> addLeaf(Database::Lease& lease, std::string_view kind, std::string_view ref, ByteView bytes, std::int64_t now);
/// Forgets the salt; call with the transaction that drops the bytes.
Result<void> eraseLeaf(Database::Lease& lease, std::string_view kind, std::string_view ref);
/// For a database that is older than the sequence: leaves for all claims and activities, in their order. Does nothing when
/// there is a leaf.
Result<void> beginSequence(Database& database);

Result<Leaf> findLeaf(Database& database, std::string_view kind, std::string_view ref);
/// In the order of the sequence.
Result<std::vector<Leaf>> leavesUnder(Database& database, std::int64_t anchorId);
Result<std::int64_t> countWaitingLeaves(Database& database);

} // namespace artdag::server
