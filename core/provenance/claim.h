// SPDX-License-Identifier: GPL-3.0-or-later
// The claim: a creator's "this is mine, and I publish it", with what it is made from and how those share in it
// (docs/formats/identity.md). It never says more about how pixels came to be than which manifest does.
#pragma once

#include "core/provenance/manifest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

enum class IngredientRole {
    Input,
    Effect,
    Recipe,
    Infrastructure,
};
const char* nameOf(IngredientRole role); ///< `input`, `effect`, `recipe`, `infrastructure`

struct Ingredient {
    IngredientRole role = IngredientRole::Input;
    ContentId contentHash;
    std::string owner; ///< an actor; empty: nobody is named (null)
    int weight = 0;    ///< basis points; those of a claim sum to 10,000
    std::string url;   ///< https; empty: null
    bool operator==(const Ingredient&) const = default;
};

inline constexpr std::string_view defaultPayoutPolicy = "art-dag-40-25-20-15@1";

/// What a payment is asked for; an amount is a whole number of micro-units.
struct ClaimPrice {
    std::int64_t amount = 0;
    std::string asset; ///< `EUR`
    std::string per;   ///< `view`, `download`, `license`
    bool operator==(const ClaimPrice&) const = default;
};

enum class RecipeAccess {
    Public,
    Followers,
    Request,
    Sealed,
};

/// Everything of the document but its signatures.
struct ClaimFacts {
    std::string work; ///< UUID, lower case
    std::int64_t version = 1;
    std::optional<ManifestId> supersedes; ///< documentId of the claim before, from version 2 on
    std::optional<ManifestId> run;        ///< id of the manifest
    ContentId contentHash;                ///< of the delivery: what is published, with all that is embedded
    Digest sha256{};                      ///< of the same bytes
    std::optional<FramesHash> framesHash;
    std::string embedded = "none"; ///< `none`, `link` or `full`
    std::string title;
    std::string creator; ///< an actor; empty: known by key only (null)
    std::string license; ///< empty: not said (null)
    std::vector<std::string> tags;
    RecipeAccess recipeAccess = RecipeAccess::Public;
    std::optional<Digest> sealedRoot;    ///< of a sealed recipe: over its parts (core/workflow/sealed_recipe.h); claims of before have none
    bool inputsPublic = true;            ///< false: they are cited only
    std::string disclosure;              ///< IPTC digital source type; empty: not said (null)
    std::vector<Ingredient> ingredients; ///< none, or their weights sum to 10,000
    std::string payoutPolicy{defaultPayoutPolicy};
    std::optional<ClaimPrice> price;
    std::vector<std::string> regions; ///< ISO 3166-1 alpha-2; empty: everywhere
    std::string createdAt;            ///< `2026-03-01T12:00:00Z`
};

/// The unsigned document; BadInput names a member that could not be read back.
Result<Json> makeClaim(const ClaimFacts& facts);
/// Reads strictly; BadInput names the member. Says nothing about signatures: verifyDocument does, with claimPrefix.
Result<ClaimFacts> readClaim(const Json& document);

/// What a run is made from, with weights by the default policy: 40 % inputs, 25 % effects, 20 % recipe, 15 %
/// infrastructure; equal within a role; roles that are missing or name no owner fold over the others; what names no owner
/// weighs nothing. When nobody is named at all the recipe weighs everything. The sum is always 10,000.
std::vector<Ingredient> ingredientsOf(const RunFacts& manifest);

/// The IPTC digital source type that follows from how it was made: `trainedAlgorithmicMedia` or
/// `compositeWithTrainedAlgorithmicMedia` when a model took part, else `algorithmicMedia`, `humanEdits` of one input or
/// `composite` of several.
std::string disclosureOf(const RunFacts& manifest);

} // namespace artdag
