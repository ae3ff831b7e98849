// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/client_of.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <optional>
#include <random>
#include <ranges>

namespace artdag::server {

namespace {

using Address = std::array<std::uint8_t, 16>;
constexpr Address mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}; ///< ::ffff:0:0, where IPv4 is within IPv6 (RFC 4291 §2.5.5.2)
constexpr int mappedBits = 96;

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::optional<Address> addressOf(std::string_view text)
{
    const std::string copy(text.substr(0, text.find('%')));
    Address address = mapped;
    if (inet_pton(AF_INET, copy.c_str(), address.data() + 12) == 1 || inet_pton(AF_INET6, copy.c_str(), address.data()) == 1)
        return address;
    return {};
}

bool isSame(const Address& a, const Address& b, int bits)
{
    const int bytes = bits / 8;
    const int rest = bits % 8;
    if (!std::equal(a.begin(), a.begin() + bytes, b.begin()))
        return false;
    return rest == 0 || ((a.at(static_cast<std::size_t>(bytes)) ^ b.at(static_cast<std::size_t>(bytes))) >> (8 - rest)) == 0;
}

/// `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`; empty when there is no address in it.
std::string bareAddress(std::string_view text)
{
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        text = end == std::string_view::npos ? std::string_view{} : text.substr(1, end - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    return addressOf(text) ? std::string(text) : std::string();
}

struct Hop {
    std::string address; ///< empty: none was told
    std::string scheme;
};

/// The values of all headers of that name between commas, outside of quotes.
std::vector<std::string> entriesOf(const Headers& headers, std::string_view name)
{
    std::vector<std::string> entries;
    for (const auto& [header, value] : headers) {
        if (header != name)
            continue;
        bool quoted = false;
        std::string entry;
        for (const char c : value) {
            quoted = quoted != (c == '"');
            if (c == ',' && !quoted)
                entries.emplace_back(trimmed(std::exchange(entry, "")));
            else
                entry.push_back(c);
        }
        entries.emplace_back(trimmed(entry));
    }
    return entries;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// `for="[2001:db8::1]:4711";proto=https`
Hop hopOf(std::string_view element)
{
    Hop hop;
    while (!element.empty()) {
        const auto end = element.find(';');
        const std::string_view pair = trimmed(element.substr(0, end));
        element = end == std::string_view::npos ? std::string_view{} : element.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string name = lower(pair.substr(0, equals));
        std::string_view value = pair.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (name == "for")
            hop.address = bareAddress(value);
        if (name == "proto")
            hop.scheme = lower(value);
    }
    return hop;
}

std::vector<Hop> hopsOf(const Headers& headers)
{
    std::vector<Hop> hops;
    const auto addresses = entriesOf(headers, "x-forwarded-for");
    if (addresses.empty()) {
        for (const std::string& element : entriesOf(headers, "forwarded"))
            hops.push_back(hopOf(element));
        if (!hops.empty())
            return hops;
    }
    for (const std::string& address : addresses)
        hops.push_back({bareAddress(address), ""});
    const auto schemes = entriesOf(headers, "x-forwarded-proto"); // of the nearest proxy is the last
    if (hops.empty() && !schemes.empty())
        hops.emplace_back();
    for (std::size_t i = 0; i < std::min(hops.size(), schemes.size()); ++i)
        hops[hops.size() - 1 - i].scheme = lower(schemes[schemes.size() - 1 - i]);
    return hops;
}

bool isPlainWord(std::string_view text)
{
    const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.'; };
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, plain);
}

} // namespace

Result<Networks> Networks::read(const std::vector<std::string>& entries)
{
    Networks networks;
    for (const std::string& entry : entries) {
        const auto slash = entry.find('/');
        const auto address = entry.find('%') == std::string::npos ? addressOf(entry.substr(0, slash)) : std::nullopt;
        const bool isFour = address && entry.find(':') == std::string::npos;
        int bits = isFour ? 32 : 128;
        const int most = bits;
        bool good = address.has_value();
        if (good && slash != std::string::npos) {
            const char* const end = entry.data() + entry.size();
            const auto read = std::from_chars(entry.data() + slash + 1, end, bits);
            good = read.ec == std::errc() && read.ptr == end && bits >= 0 && bits <= most;
        }
        if (!good)
            return fail(Fault::BadInput, "'" + entry + "' is no address and no network (10.0.0.0/8)");
        networks.m_networks.push_back({*address, isFour ? mappedBits + bits : bits});
    }
    return networks;
}

bool Networks::holds(std::string_view address) const
{
    const auto read = addressOf(address);
    return read && std::ranges::any_of(m_networks, [&](const Network& network) { return isSame(network.address, *read, network.bits); });
}

void readForwarding(Request& request, const Networks& trusted)
{
    request.remote = request.peer;
    if (trusted.holds(request.peer)) {
        const std::vector<Hop> hops = hopsOf(request.headers);
        request.isUnnamed = hops.empty() || hops.back().address.empty();
        for (const Hop& hop : std::views::reverse(hops)) {
            if (!hop.scheme.empty())
                request.secure = hop.scheme == "https";
            if (hop.address.empty())
                break;
            request.remote = hop.address;
            if (!trusted.holds(hop.address))
                break;
        }
        if (isPlainWord(request.header("x-request-id")))
            request.id = request.header("x-request-id");
    }
    if (request.id.empty())
        request.id = newRequestId();
}

std::string newRequestId()
{
    static const std::uint64_t process = std::random_device{}();
    static std::atomic<std::uint32_t> next{0};
    return fmt::format("{:08x}{:08x}", process & 0xffffffffU, ++next);
}

} // namespace artdag::server
