// SPDX-License-Identifier: GPL-3.0-or-later
// The key with which this server speaks for an account to other servers: `keys/NAME.pem`, and its public half beside it.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace artdag::server {

/// The public half, as PEM, of an account's key, which is made when there is none. Denied when others can read it.
Result<std::string> keepTransportKey(const std::filesystem::path& directory, const std::string& user);
/// A new key in the place of the one that is there; its public half. NotFound when there is none.
Result<std::string> replaceTransportKey(const std::filesystem::path& directory, const std::string& user);
/// Denied, with the name of the first, when group or world may read a private key or a secret of this data directory.
Result<void> checkArePrivate(const std::filesystem::path& directory);

} // namespace artdag::server
