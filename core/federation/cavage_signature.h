// SPDX-License-Identifier: GPL-3.0-or-later
// The header of draft-cavage-http-signatures-12 and the text it signs. Whether a signature covers enough is not asked here.
#pragma once

#include "core/federation/http_signature.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// The parameters of a `Signature` header; texts are as sent.
struct CavageSignature {
    std::string keyId;
    std::string algorithm;            ///< empty when it says none
    std::string created, expires;     ///< seconds since 1970; empty when it says none
    std::vector<std::string> covered; ///< lower case, no two alike, at least one
    Bytes value;

    [[nodiscard]] bool covers(std::string_view name) const;
};

/// Denied for what is malformed, for a parameter that is there twice, and for an empty or missing list of headers (what it
/// then means covers too little).
Result<CavageSignature> readCavageSignature(std::string_view header);

/// What is signed (§2.3), with this target for `(request-target)`.
Result<std::string> cavageText(const SignableRequest& request, const CavageSignature& signature, std::string_view target);

} // namespace artdag
