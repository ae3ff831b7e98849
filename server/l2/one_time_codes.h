// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets made here and held by others: long random texts of which only the hash is stored, recovery codes that people
// write down, and the six digits of an authenticator (RFC 6238).
#pragma once

#include "core/base/digest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// 256 random bits in base64url.
std::string newSecret();
inline Digest hashOfSecret(std::string_view secret)
{
    return sha3(bytesOf(secret));
}

/// Ten codes of 80 random bits, as `abcd-efgh-ijkl-mnop`.
std::vector<std::string> newRecoveryCodes();
/// As it is hashed: lower case, without dashes and spaces.
std::string plainCode(std::string_view typed);

/// Eight letters without vowels, as `WDJB-MJHT`: easy to copy from a screen, and no word (RFC 8628 §6.1).
std::string newUserCode();
std::string plainUserCode(std::string_view typed); ///< `wdjb mjht` → `WDJB-MJHT`; empty when it cannot be one

std::string base32(ByteView bytes); ///< RFC 4648 §6, without padding
std::optional<Bytes> bytesOfBase32(std::string_view text);

/// Six digits for a time step of 30 s since 1970 (RFC 4226 §5.3 with SHA-1, what authenticators do).
std::string totpCode(ByteView secret, std::int64_t step);
/// The step whose code was typed, of the present one and its neighbours; nothing for a wrong code. `now` in seconds.
std::optional<std::int64_t> totpStep(ByteView secret, std::string_view typed, std::int64_t now);

} // namespace artdag::server
