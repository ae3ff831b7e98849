// SPDX-License-Identifier: GPL-3.0-or-later
// RsaSignature2017 (provenance.md §4): a signature that travels inside a document when others forward it. It vouches for
// statements, not for bytes, so a verifier also refuses documents that could be read in two ways.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/keys.h"

#include <cstdint>
#include <string>

namespace artdag {

/// Adds `signature` by an RSA key that `creator` names, made at `now` (seconds since 1970). To be called after an integrity
/// proof was added. BadInput when a term is not mapped (it would not be signed), when there is a signature already, and for
/// another kind of key.
Result<void> signLinkedData(Json& document, const std::string& creator, const SigningKey& key, std::int64_t now);

struct LinkedDataSignature {
    std::string creator;      ///< URL of the key
    std::int64_t created = 0; ///< seconds since 1970
    std::string signedText;   ///< hex(SHA-256(options)) ‖ hex(SHA-256(document))
    Bytes value;
};

/// The signature of a document. NotFound when it has none; Denied when it cannot be accepted whatever the key says: another
/// type, malformed, a term that no statement covers, anything that readLinkedData refuses.
Result<LinkedDataSignature> readLinkedDataSignature(const Json& document);

bool isSignedBy(const LinkedDataSignature& signature, const PublicKey& key);

} // namespace artdag
