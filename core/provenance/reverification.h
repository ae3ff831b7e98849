// SPDX-License-Identifier: GPL-3.0-or-later
// Another party's signed word that it rendered a work again: how many frames, which, with what result
// (docs/formats/identity.md, "Reverification"). Says nothing about who published the work.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

inline constexpr std::string_view reverificationPrefix = "artdag.reverification.1\n";

/// Everything of the document but its signatures.
struct ReverificationFacts {
    ManifestId run;
    FramesHash framesHash;   ///< that the manifest names and against which was compared
    std::int64_t frames = 0; ///< of the work
    std::int64_t framesRendered = 0;
    std::string seed;   ///< that chose the frames, a whole number as text; empty: all of them (null)
    bool sound = false; ///< the sound was rendered too
    std::string numerics;
    std::string softwareName = "infra:artdag";
    std::string softwareVersion;
    std::string createdAt; ///< RFC 3339, UTC
    bool match = false;    ///< every frame and sample looked at is the signed one
    bool operator==(const ReverificationFacts&) const = default;
};

/// The unsigned document. BadInput names a member that could not be read back.
Result<Json> makeReverification(const ReverificationFacts& facts);
/// Reads strictly, as readManifest does; signatures are verifyDocument's, with reverificationPrefix.
Result<ReverificationFacts> readReverification(const Json& document);

/// What is handed on: the signed document with the public keys that its `sig` names.
struct ReverificationFile {
    Json document;
    std::vector<PublicKey> keys;
};
Json jsonOfReverificationFile(const ReverificationFile& file);
Result<ReverificationFile> readReverificationFile(std::string_view text); ///< Corrupt when it is none

} // namespace artdag
