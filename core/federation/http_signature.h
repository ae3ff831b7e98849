// SPDX-License-Identifier: GPL-3.0-or-later
// Signed HTTP requests between servers: draft-cavage-http-signatures-12, which everyone reads, and RFC 9421, which is to
// replace it. Pure functions over a request's parts; keys are found, and replays remembered, by those who call.
#pragma once

#include "core/base/result.h"
#include "core/identity/verifying_key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

/// What of a request can be signed.
struct SignableRequest {
    std::string method;    ///< `POST`
    std::string scheme;    ///< `https`: of the URL that the sender used
    std::string authority; ///< host, with a port when it is not the scheme's
    std::string target;    ///< path and query, as sent
    HeaderLines headers;   ///< names in lower case
    std::string body;      ///< empty for GET
};

enum class SignatureForm {
    Cavage,
    Rfc9421
};

/// The header lines to add (Date and Digest, or Content-Digest and Signature-Input; then Signature) so that the request is
/// signed by an RSA key that `keyId` names. `now` in seconds since 1970. A POST covers its body. The sender adds `Host`, which
/// must be the request's `authority`. BadInput when one of the lines is there already, and for another kind of key.
Result<HeaderLines> signRequest(const SignableRequest& request, SignatureForm form, const std::string& keyId, const SigningKey& key, std::int64_t now);

/// What a signature header says, its form and claims checked but not yet its bytes.
struct RequestSignature {
    SignatureForm form = SignatureForm::Cavage;
    std::string keyId;
    std::optional<KeyAlgorithm> algorithm; ///< that the key must have; none when the header leaves it to the key
    std::vector<std::string> candidates;   ///< texts of which one must be what was signed (target with query; for cavage then without)
    Bytes value;
    std::int64_t created = 0; ///< seconds since 1970, of Date or created
};

/// The one signature of a request. Denied with a reason for everything that could mean two things or too little: no signature
/// or two; covered must be method and target, host (which must be one of `authorities`, the names of this server), date or
/// created (at most an hour away from `now`), and the SHA-256 of a body; an algorithm that is none of ours; a chunked body.
Result<RequestSignature> readRequestSignature(const SignableRequest& request, const std::vector<std::string>& authorities, std::int64_t now);

/// True when the key made the signature over one of the candidates.
bool isSignedBy(const RequestSignature& signature, const PublicKey& key);
bool isSignedBy(const RequestSignature& signature, const VerifyingKey& key);

} // namespace artdag
