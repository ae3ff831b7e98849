// SPDX-License-Identifier: GPL-3.0-or-later
// The tree over a batch of leaves. Leaf and pair are hashed under different first bytes, so that no pair can pass for a leaf;
// an odd node is promoted, never doubled, so that no two batches share a root (provenance.md §6).
#pragma once

#include "core/base/digest.h"

#include <cstddef>
#include <span>
#include <vector>

namespace artdag {

/// SHA-256(0x00 ‖ salt ‖ SHA-256(bytes)): says nothing about the bytes to those who lack the salt (16 bytes).
Digest leafOf(ByteView salt, const Digest& sha256OfBytes);
/// SHA-256(0x01 ‖ left ‖ right)
Digest pairOf(const Digest& left, const Digest& right);

/// Of at least one leaf; that of a single leaf is the leaf.
Digest merkleRoot(std::span<const Digest> leaves);

/// What stands beside the way up, and on which side.
struct MerkleStep {
    Digest sibling{};
    bool isLeft = false;
    bool operator==(const MerkleStep&) const = default;
};
/// From the leaf to the root. `index` is below the number of leaves.
std::vector<MerkleStep> inclusionPath(std::span<const Digest> leaves, std::size_t index);
/// The root to which a path leads from a leaf.
Digest rootAlong(Digest leaf, std::span<const MerkleStep> path);

} // namespace artdag
