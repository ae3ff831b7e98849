// SPDX-License-Identifier: GPL-3.0-or-later
// Checks a film's papers: delivery → claim → manifest → frames. A pure function over documents, digests and keys; it
// reads no file and decodes no pixel, so what it was not given it does not judge.
#pragma once

#include "core/identity/keys.h"
#include "core/provenance/claim.h"
#include "core/provenance/manifest.h"
#include "core/provenance/reverification.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace artdag {

/// What the bytes in hand carry, and what they are without it (core/embed).
struct DeliveryInside {
    ContentId bare;
    std::string manifest;            ///< the id that it carries; empty: none
    std::optional<ContentId> recipe; ///< of the recipe that it carries
};

/// What is at hand; every member may be missing.
struct ProvenanceEvidence {
    std::optional<ContentId> deliveryHash; ///< of the bytes in hand
    std::optional<Digest> deliverySha256;
    std::optional<DeliveryInside> inside;
    std::optional<Json> claim;
    std::optional<Json> manifest;
    std::optional<FramesHash> framesHash; ///< recomputed from decoded or re-rendered frames
    std::function<Result<PublicKey>(const std::string& kid)> findKey;
    /// Of who rendered, where that is not the creator: such a key signs manifests, never a claim. Asked when findKey has none.
    std::function<Result<PublicKey>(const std::string& kid)> findRenderer;
};

/// One thing that was checked: `name` for machines, `words` for people.
struct Finding {
    std::string name; ///< `claim.signature` …
    bool ok = false;
    std::string words;
};

/// In the order of the chain. Checked are, as far as the evidence goes: claim.form, claim.signature, delivery.bytes,
/// delivery.sha256, manifest.form, manifest.signature, claim.run, claim.frames, claim.ingredients, delivery.rendered
/// (delivery and rendered bytes are the same but for what is embedded), delivery.carries (what the claim says), frames.match. Empty when there is no document.
std::vector<Finding> checkProvenance(const ProvenanceEvidence& evidence);
/// Another party's word: reverification.signature (by the keys that came with it; who they are is for the reader to know),
/// and with a manifest reverification.run and reverification.frames: it speaks of this work.
std::vector<Finding> checkReverification(const ReverificationFile& file, const std::optional<Json>& manifest);
bool allOk(const std::vector<Finding>& findings); ///< false for an empty list

} // namespace artdag
