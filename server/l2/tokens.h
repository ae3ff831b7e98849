// SPDX-License-Identifier: GPL-3.0-or-later
// Bearer tokens: JSON Web Tokens (RFC 7519) with HS256 from our own key and nothing else. No token of another algorithm,
// key, issuer or audience, and none that lacks a claim, is ever accepted; what the header says never chooses how to check.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace artdag::server {

struct TokenClaims {
    std::string subject;                                 ///< user name
    std::string scope;                                   ///< `read publish render`
    std::string id;                                      ///< jti, 128 random bits
    std::int64_t issued = 0, notBefore = 0, expires = 0; ///< seconds since 1970
    std::int64_t epoch = 0;                              ///< of the account when it was issued: a later one ends it
};

struct TokenRealm {
    std::string issuer; ///< public URL of this server
    std::string audience;
    Bytes secret; ///< at least 32 bytes
};

std::string makeToken(const TokenRealm& realm, const TokenClaims& claims);
/// Denied with a reason that tells nothing of the secret. `now` in seconds since 1970.
Result<TokenClaims> readToken(const TokenRealm& realm, std::string_view token, std::int64_t now);

/// The secret of a server: `given` when it is not empty (BadInput under 256 bits or with few different bytes), else the
/// file's, which is made once with mode 0600. Denied when group or world may read the file.
Result<Bytes> tokenSecret(const std::filesystem::path& file, std::string_view given);

} // namespace artdag::server
