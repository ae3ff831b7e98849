// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets that the server must be able to use (of storages), kept in the database only as AES-256-GCM under a key that is in
// a file beside it. Each is bound to what it belongs to, so that a row cannot be given another's secret.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace artdag::server {

/// The key of a file with mode 0600, made when it is missing. Denied when others can read it; Corrupt for another length.
Result<Bytes> sealingKey(const std::filesystem::path& file);
/// nonce (12 bytes), ciphertext, tag (16 bytes); `owner` is authenticated and not stored (NIST SP 800-38D).
Bytes sealSecret(ByteView key, std::string_view secret, std::string_view owner);
/// Corrupt for anything that was not sealed with this key for this owner.
Result<std::string> openSecret(ByteView key, ByteView sealed, std::string_view owner);

} // namespace artdag::server
