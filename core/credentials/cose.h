// SPDX-License-Identifier: GPL-3.0-or-later
// COSE_Sign1 (RFC 9052 §4.2) with the chain of certificates in its header (RFC 9360), over a claim that stands beside it.
#pragma once

#include "core/identity/certificates.h"

#include <optional>
#include <vector>

namespace artdag {

/// The signature box's bytes. Its length depends on the key and its certificate only.
Result<Bytes> signClaim(const SigningKey& key, const CertificateChain& chain, ByteView claim);

struct ClaimSignature {
    std::optional<CoseAlgorithm> algorithm; ///< none: one that is not allowed
    std::vector<Certificate> chain;         ///< the signer's first; at least one
    bool hasTimestamp = false;              ///< of an authority; it is not checked here
    bool isGood = false;                    ///< it is the signer's, over this claim
};
/// BadInput for what is no COSE_Sign1 with certificates; at most 16 of them.
Result<ClaimSignature> readClaimSignature(ByteView signature, ByteView claim);

} // namespace artdag
