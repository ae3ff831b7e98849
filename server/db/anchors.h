// SPDX-License-Identifier: GPL-3.0-or-later
// Anchors: the Merkle root of a batch of leaves, and how far its timestamp has come. The proof is kept as it grows.
#pragma once

#include "core/anchor/timestamp.h"
#include "server/db/log_leaves.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

struct Anchor {
    std::int64_t id = 0;
    Digest root{};
    std::int64_t leaves = 0;
    std::string state = "new";          ///< `new`, `pending` at calendars, `attested` (header not checked), `confirmed`
    Bytes proof;                        ///< writeTimestamp's, of the root; empty while no calendar has taken it
    std::vector<std::string> calendars; ///< that have taken it
    std::optional<std::int64_t> block;  ///< height, once attested
    std::int64_t blockTime = 0;         ///< microseconds, of the header; 0: not checked
    Bytes header;                       ///< of a confirmed block
    std::int64_t createdAt = 0, checkedAt = 0;
    std::string error; ///< why it is not further

    /// The timestamp of the root; without attestations while there is no proof.
    [[nodiscard]] Result<Timestamp> timestamp() const;
};

/// Puts the oldest waiting leaves under a new anchor, which becomes a leaf itself; nothing when nothing waits but an
/// anchor's leaf.
Result<std::optional<Anchor>> makeAnchor(Database& database, std::int64_t now);
Result<Anchor> findAnchor(Database& database, const Digest& root);
Result<Anchor> findAnchor(Database& database, std::int64_t id);
/// Newest first, with ids below `before` (0: from the newest).
Result<std::vector<Anchor>> listAnchors(Database& database, std::int64_t before, int limit);
/// Those that no calendar has taken, oldest first.
Result<std::vector<Anchor>> listNewAnchors(Database& database, int limit);
/// Writes what can change: all but id, root, leaves and time of creation.
Result<void> updateAnchor(Database& database, const Anchor& anchor);

} // namespace artdag::server
