// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/address_guard.h"

#include <algorithm>
#include <string>

namespace artdag {

namespace {

struct Block4 {
    Ipv4 prefix;
    int bits;
};
struct Block6 {
    Ipv6 prefix;
    int bits;
};

// IANA IPv4 Special-Purpose Address Registry, with multicast and class E.
constexpr Block4 special4[] = {
    {{0, 0, 0, 0}, 8},
    {{10, 0, 0, 0}, 8},
    {{100, 64, 0, 0}, 10},
    {{127, 0, 0, 0}, 8},
    {{169, 254, 0, 0}, 16},
    {{172, 16, 0, 0}, 12},
    {{192, 0, 0, 0}, 24},
    {{192, 0, 2, 0}, 24},
    {{192, 88, 99, 0}, 24},
    {{192, 168, 0, 0}, 16},
    {{198, 18, 0, 0}, 15},
    {{198, 51, 100, 0}, 24},
    {{203, 0, 113, 0}, 24},
    {{224, 0, 0, 0}, 4},
    {{240, 0, 0, 0}, 4},
};

// What lies inside of 2000::/3 and is not plain public; everything outside of 2000::/3 is refused at once.
constexpr Block6 special6[] = {
    {{0x20, 0x01, 0x00}, 23},       // protocol assignments, Teredo, ORCHID
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, // documentation
    {{0x20, 0x02}, 16},             // 6to4
    {{0x3f, 0xff, 0x00}, 20},       // documentation, RFC 9637
};

template <class Address>
bool isWithin(const Address& address, const Address& prefix, int bits)
{
    for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
        const unsigned mask = bits >= 8 ? 0xFFU : 0xFF00U >> bits & 0xFFU;
        if ((address[i] & mask) != (prefix[i] & mask))
            return false;
    }
    return true;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A host whose last label is a number or 0x… is read as an IPv4 address by one resolver or another (WHATWG URL §3.5).
bool looksLikeAddress(std::string_view host)
{
    if (host.empty() || host.front() == '[' || host.find(':') != std::string_view::npos)
        return true;
    const auto dot = host.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
    if (last.empty() || std::ranges::all_of(last, isDigit))
        return true;
    return last.size() > 1 && last[0] == '0' && (last[1] | 0x20) == 'x';
}

bool isHostCharacter(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    return isDigit(c) || (lower >= 'a' && lower <= 'z') || c == '-' || c == '.';
}

} // namespace

bool isPublicAddress(const Ipv4& address)
{
    return std::ranges::none_of(special4, [&](const Block4& block) { return isWithin(address, block.prefix, block.bits); });
}

bool isPublicAddress(const Ipv6& address)
{
    // Global unicast is 2000::/3. This also refuses ::, ::1, ::ffff:0:0/96, 64:ff9b::/96, 100::/64, fc00::/7, fe80::/10, ff00::/8.
    if (!isWithin(address, Ipv6{0x20}, 3))
        return false;
    return std::ranges::none_of(special6, [&](const Block6& block) { return isWithin(address, block.prefix, block.bits); });
}

Result<void> checkStrangersUrl(std::string_view url, bool allowHttp)
{
    const std::string object = "URL '" + std::string(url.substr(0, 200)) + "': ";
    const bool secure = url.starts_with("https://");
    if (!secure && !(allowHttp && url.starts_with("http://")))
        return fail(Fault::Denied, object + "only https is allowed");
    if (std::ranges::any_of(url, [](unsigned char c) { return c <= ' ' || c >= 0x7F || c == '\\'; }))
        return fail(Fault::Denied, object + "it has a character that no URL has");
    std::string_view rest = url.substr(secure ? 8 : 7);
    std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos)
        return fail(Fault::Denied, object + "it has a user name");
    std::string_view host = authority;
    if (const auto colon = authority.rfind(':'); colon != std::string_view::npos && authority.find(']') == std::string_view::npos) {
        host = authority.substr(0, colon);
        if (authority.substr(colon + 1) != (secure ? "443" : "80"))
            return fail(Fault::Denied, object + "only the standard port is allowed");
    }
    if (looksLikeAddress(host))
        return fail(Fault::Denied, object + "the host must be a name, not an address");
    if (!std::ranges::all_of(host, isHostCharacter) || host.size() > 253 || host.find('.') == std::string_view::npos || host.front() == '.' || host.find("..") != std::string_view::npos)
        return fail(Fault::Denied, object + "the host is not a full domain name");
    return {};
}

} // namespace artdag
