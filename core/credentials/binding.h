// SPDX-License-Identifier: GPL-3.0-or-later
// The hard binding of Content Credentials: which bytes of the file they speak of, and the hash of those (C2PA 2.1 §9.2, §18.5, §18.6).
#pragma once

#include "core/credentials/cbor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

/// All of the file but some ranges: `c2pa.hash.data`, for PNG, JPEG and WAV.
struct DataBinding {
    struct Range {
        std::uint64_t start = 0, length = 0;
    };
    std::vector<Range> exclusions; ///< ascending, not overlapping
};

/// All boxes of an MP4 but some, each with its place: `c2pa.hash.bmff.v3`.
struct BoxBinding {
    struct Exclusion {
        std::string type;                                    ///< of boxes at the top: `ftyp`
        std::vector<std::pair<std::uint64_t, Bytes>> having; ///< only boxes that have these bytes there, counted from their start
    };
    std::vector<Exclusion> exclusions;
};

struct Binding {
    std::string label;           ///< of its assertion: `c2pa.hash.data`; empty: there is none
    std::string hash = "sha256"; ///< by which algorithm
    Bytes value;
    std::optional<DataBinding> data;
    std::optional<BoxBinding> boxes; ///< with neither, it is of a kind that is not known here
    bool isMalformed = false;
};

/// What an assertion of this label says.
Binding readBinding(const std::string& label, const Cbor& assertion, const std::string& hashOfClaim);
Cbor writeBinding(const Binding& binding);

/// The `uuid` of the box that holds credentials in an MP4 (C2PA 2.1 §A.5.1).
inline constexpr std::array<std::uint8_t, 16> credentialsUuid{0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81};
/// That of an MP4 with credentials of ours: all but these, `ftyp` and `mfra` (§18.6.2.1).
Binding boxBinding();

} // namespace artdag
