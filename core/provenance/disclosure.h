// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe that stays with its creator, and parts of it shown to whom they choose: the claim has the root of a salted Merkle tree
// over the recipe's parts, a disclosure has some parts with their ways to that root (docs/adr/0124, docs/formats/identity.md).
#pragma once

#include "core/anchor/merkle.h"
#include "core/base/json.h"
#include "core/provenance/check_provenance.h"
#include "core/provenance/claim.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// What opens the seal of one work: never sent, never shown. With the recipe, so that parts can be shown without anything else.
struct Seal {
    Bytes secret; ///< secretSize random bytes; the salts are made from it
    std::string recipe;
};
inline constexpr std::size_t secretSize = 32;

/// Over one leaf for each node and each other member of the document, sorted by their paths. BadInput for what is no recipe.
Result<Digest> sealedRoot(const Seal& seal);

/// A part of a recipe: `["nodes", "spin"]` or `["canvas"]`, its value, and what it takes to check them.
struct DisclosedPart {
    std::vector<std::string> path;
    Json value;
    Bytes salt; ///< 16
    std::vector<MerkleStep> way;
};
struct Disclosure {
    ManifestId claim; ///< in which the root is
    Digest root{};
    std::vector<DisclosedPart> parts;
};
/// `names`: of nodes; with a slash before it another member of the document (`/canvas`). BadInput names what is not there.
Result<Disclosure> disclose(const Seal& seal, const ManifestId& claim, const std::vector<std::string>& names);
Json jsonOf(const Disclosure& disclosure);
/// Strict; at most 1 MB. Says nothing about whether the parts fit.
Result<Disclosure> readDisclosure(std::string_view text);
/// True when this part, with this path and value, is under the root.
bool isUnder(const DisclosedPart& part, const Digest& root);
/// Of each part; before them, with a claim, whether it seals that recipe. Says nothing about the claim's signature.
std::vector<Finding> checkDisclosure(const Disclosure& disclosure, const std::optional<ClaimFacts>& claim);

} // namespace artdag
