// SPDX-License-Identifier: GPL-3.0-or-later
// What a stranger asks of a published work besides its pixels: since when, by whose key, made of what. From what fetchWork brought.
#pragma once

#include "core/base/json.h"
#include "core/workflow/fetch_work.h"
#include "core/workflow/verify_work.h"

#include <vector>

namespace artdag {

/// Activity → leaf → Merkle root → OpenTimestamps → block header (docs/formats/anchors.md). Yes: the header that came along commits to the work; the words name the
/// block, which any block explorer knows. CannotTell: not anchored or not confirmed so far. No: something does not fit, and the words say what.
VerifyAnswer publishedDate(const Json& bundle, const Json& claim);
/// Were the keys that signed the claim the account's when it says that it was signed? By the key history of the proof bundle, which is its server's word.
VerifyAnswer publishedKeys(const Json& bundle, const Json& claim);
/// One sentence for each ingredient of the claim: its role, owner, weight, address. CannotTell when its server lacks bytes of some.
VerifyAnswer publishedParts(const FetchedWork& work);

/// Whom the creator lets check the pixels, in words for who does not have the recipe; empty when it is at hand.
std::string whyNoRecipe(const FetchedWork& work);

/// The three, in this order; none for a work without a claim.
std::vector<VerifyAnswer> publishedAnswers(const FetchedWork& work);

} // namespace artdag
