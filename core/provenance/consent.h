// SPDX-License-Identifier: GPL-3.0-or-later
// A payee's signed consent to its share of a work, and the word that takes it back (docs/formats/identity.md, "Consent"). It moves
// no money; it says that a split is agreed upon.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace artdag {

inline constexpr std::string_view consentPrefix = "artdag.consent.1\n";
inline constexpr std::string_view consentRevocationPrefix = "artdag.consent-revocation.1\n";

struct ConsentFacts {
    ManifestId claim;      ///< documentId of the claim whose split this is
    std::string payee;     ///< an actor: who signs
    std::string policy;    ///< the claim's payout policy
    int weight = 0;        ///< basis points: all that the claim gives this payee
    std::string createdAt; ///< RFC 3339, UTC
    bool operator==(const ConsentFacts&) const = default;
};
/// The unsigned document. BadInput names a member that could not be read back.
Result<Json> makeConsent(const ConsentFacts& facts);
/// Reads strictly; signatures are verifyDocument's, with consentPrefix.
Result<ConsentFacts> readConsent(const Json& document);

struct ConsentRevocationFacts {
    ManifestId consent; ///< documentId of the consent
    std::string createdAt;
    bool operator==(const ConsentRevocationFacts&) const = default;
};
Result<Json> makeConsentRevocation(const ConsentRevocationFacts& facts);
Result<ConsentRevocationFacts> readConsentRevocation(const Json& document);

} // namespace artdag
