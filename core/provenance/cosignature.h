// SPDX-License-Identifier: GPL-3.0-or-later
// A co-signature: another party puts its name to a claim (docs/formats/identity.md, "Co-signature"). It says that the party stands
// by the work, and nothing about who made it.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag {

inline constexpr std::string_view cosignaturePrefix = "artdag.cosignature.1\n";

/// Everything of the document but its signatures.
struct CosignatureFacts {
    ManifestId claim;      ///< documentId of the claim
    ContentId contentHash; ///< of the work, as the claim has it
    std::string by;        ///< an actor; empty: known by key only (null)
    std::string statement; ///< `I played the drums`; empty: null
    std::string createdAt; ///< RFC 3339, UTC
    bool operator==(const CosignatureFacts&) const = default;
};

/// The unsigned document. BadInput names a member that could not be read back.
Result<Json> makeCosignature(const CosignatureFacts& facts);
/// Reads strictly; signatures are verifyDocument's, with cosignaturePrefix.
Result<CosignatureFacts> readCosignature(const Json& document);

/// What is handed on: `{"artdag_cosignature": 1, "cosignature": {…}, "keys": [PEM …]}`.
struct CosignatureFile {
    Json document;
    std::vector<PublicKey> keys;
};
Result<CosignatureFile> readCosignatureFile(const Json& file); ///< BadInput when it is none

} // namespace artdag
