// SPDX-License-Identifier: GPL-3.0-or-later
// Who is at the other end of a proxy. What a proxy writes is believed only when the operator named its address; everybody else
// may write into these headers whatever they like.
#pragma once

#include "core/base/result.h"
#include "server/http/message.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Addresses and networks: `10.0.0.0/8`, `2001:db8::/32`, `::1`. An IPv4 address within IPv6 is the IPv4 address.
class Networks {
public:
    /// BadInput names the entry that is none.
    static Result<Networks> read(const std::vector<std::string>& entries);
    [[nodiscard]] bool holds(std::string_view address) const;

private:
    struct Network {
        std::array<std::uint8_t, 16> address{};
        int bits = 128;
    };
    std::vector<Network> m_networks;
};

/// Fills in `remote`, `secure`, `isUnnamed` and `id` of a request of which `peer`, `headers` and `secure` (our own TLS) are known.
///
/// From a trusted peer: X-Forwarded-For is read from its end, where the nearest proxy wrote, up to the first address that is not
/// trusted itself; X-Forwarded-Proto likewise. Without X-Forwarded-For, the same of Forwarded (RFC 7239): a proxy that writes
/// that one must take the other away. An entry that is no address (`unknown`, a name) ends the reading at the proxy that wrote
/// it. X-Request-Id is kept when it is a short plain word.
void readForwarding(Request& request, const Networks& trusted);

/// A name for a request: 16 hexadecimal digits of this process and a number. No secret, but none comes twice.
std::string newRequestId();

} // namespace artdag::server
