// SPDX-License-Identifier: GPL-3.0-or-later
// Object integrity proofs (FEP-8b32, cryptosuite eddsa-jcs-2022): a creator's Ed25519 signature over the canonical JSON of an
// activity. The key may be elsewhere: what must be signed, and putting the signature in, are two steps.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"

#include <cstdint>
#include <string>

namespace artdag {

/// A proof without its value. `verificationMethod` is the URL of the key, `now` seconds since 1970.
Json integrityProofOptions(const Json& document, const std::string& verificationMethod, std::int64_t now);
/// The 64 bytes to sign: SHA-256(JCS(options)) ‖ SHA-256(JCS(document without proof and signature)). BadInput for what has no
/// one canonical form.
Result<Bytes> integrityProofBytes(const Json& document, const Json& options);
/// The document's `proof`: options with the value. Must come before a linked-data signature, which then covers it.
Result<void> addIntegrityProof(Json& document, Json options, ByteView signature);

struct IntegrityProof {
    std::string verificationMethod;
    std::int64_t created = 0; ///< seconds since 1970; 0 when it does not say
    Bytes signedBytes;
    Bytes value;
};

/// The one proof of a document. NotFound when it has none; Denied for another suite or purpose, for what is malformed, and when
/// it names another context than the document.
Result<IntegrityProof> readIntegrityProof(const Json& document);

bool isSignedBy(const IntegrityProof& proof, const PublicKey& key);

} // namespace artdag
