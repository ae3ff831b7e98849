// SPDX-License-Identifier: GPL-3.0-or-later
// The SSRF guard: which addresses and URLs a server may be sent to by a stranger. Pure functions over IANA's
// special-purpose registries; it never resolves a name (the client checks the address that it connects to).
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace artdag {

using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint8_t, 16>;

/// True for addresses of the public internet: not loopback, private, link-local, shared, documentation, multicast,
/// translated or reserved (RFC 6890 and successors).
bool isPublicAddress(const Ipv4& address);
bool isPublicAddress(const Ipv6& address);

/// Checks the form of a stranger's URL: https (http with `allowHttp`), port 443 (80), no user info, a host name with a dot
/// that is not an address in any notation. Denied with the reason otherwise.
Result<void> checkStrangersUrl(std::string_view url, bool allowHttp = false);

} // namespace artdag
