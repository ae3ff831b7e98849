// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/rate_limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <ctime>

namespace artdag::server {

namespace {

constexpr std::size_t neighbours = 8;
constexpr double microseconds = 1e6;

/// FNV-1a with a secret beginning, then Murmur's last mixing, so that the low bits are as good as the high ones.
std::uint64_t hashOf(std::uint64_t seed, std::size_t kind, std::string_view who)
{
    std::uint64_t hash = (seed ^ kind) * 0x100000001b3U;
    for (const char c : who)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3U;
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdU;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53U;
    return hash ^ (hash >> 33);
}

} // namespace

Result<Rate> rateOf(std::string_view text)
{
    if (text == "off")
        return Rate{};
    Rate rate;
    const char* const end = text.data() + text.size();
    const auto count = std::from_chars(text.data(), end, rate.count);
    const bool slash = count.ec == std::errc() && count.ptr != end && *count.ptr == '/';
    const auto seconds = slash ? std::from_chars(count.ptr + 1, end, rate.seconds) : count;
    if (!slash || seconds.ec != std::errc() || seconds.ptr != end || rate.count < 1 || rate.count > 1'000'000 || rate.seconds < 1 || rate.seconds > 86'400)
        return fail(Fault::BadInput, "must be REQUESTS/SECONDS, as 300/300, or off");
    return rate;
}

RateLimits::RateLimits(const RateRules& rules, std::uint64_t seed, std::size_t slots)
    : m_rules(rules),
      m_seed(seed),
      m_slots(std::bit_ceil(std::max(slots, neighbours)))
{
}

double RateLimits::tokensAt(const Slot& slot, std::int64_t now) const
{
    const Rate& rate = m_rules.at(slot.key & (rateKinds - 1));
    const double back = static_cast<double>(std::max<std::int64_t>(now - slot.at, 0)) * static_cast<double>(rate.count) / (static_cast<double>(rate.seconds) * microseconds);
    return std::min(static_cast<double>(rate.count), slot.tokens + back);
}

std::optional<Allowance> RateLimits::take(RateKind kind, std::string_view who, std::int64_t now)
{
    const auto number = static_cast<std::size_t>(kind);
    const Rate& rate = m_rules.at(number);
    if (rate.count == 0)
        return {};
    const std::uint64_t hash = hashOf(m_seed, number, who);
    const std::uint64_t key = ((hash | std::uint64_t{1} << 63) & ~std::uint64_t{rateKinds - 1}) | number; // its kind can be read; never 0
    const std::size_t first = (hash >> 3) & (m_slots.size() - 1) & ~(neighbours - 1);
    const std::lock_guard lock(m_mutex);
    Slot* slot = nullptr;
    double least = -1; // how full, as a share of the whole, is the one that misses it least
    for (std::size_t i = first; i < first + neighbours; ++i) {
        Slot& one = m_slots[i];
        if (one.key == key) {
            slot = &one;
            break;
        }
        const double share = one.key == 0 ? 2 : tokensAt(one, now) / static_cast<double>(m_rules.at(one.key & (rateKinds - 1)).count);
        if (share > least) {
            least = share;
            slot = &one;
        }
    }
    if (slot->key != key)
        *slot = {key, static_cast<double>(rate.count), now};
    slot->tokens = tokensAt(*slot, now);
    slot->at = std::max(slot->at, now);
    const double each = static_cast<double>(rate.seconds) / static_cast<double>(rate.count); // s for one token
    Allowance allowance;
    allowance.limit = rate.count;
    if (slot->tokens >= 1)
        slot->tokens -= 1;
    else
        allowance.wait = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil((1 - slot->tokens) * each)));
    allowance.remaining = static_cast<std::int64_t>(slot->tokens);
    allowance.wholeIn = static_cast<std::int64_t>(std::ceil((static_cast<double>(rate.count) - slot->tokens) * each));
    return allowance;
}

std::string countedAddress(const std::string& address)
{
    in6_addr six{};
    in_addr four{};
    const std::string bare = address.substr(0, address.find('%'));
    if (inet_pton(AF_INET, bare.c_str(), &four) == 1)
        return (ntohl(four.s_addr) >> 24) == 127 ? "" : bare;
    if (inet_pton(AF_INET6, bare.c_str(), &six) != 1)
        return "?"; // nothing is known of it, so all such share one bucket
    if (IN6_IS_ADDR_LOOPBACK(&six) != 0)
        return "";
    if (IN6_IS_ADDR_V4MAPPED(&six) != 0) {
        char text[INET_ADDRSTRLEN] = {};
        inet_ntop(AF_INET, &six.s6_addr[12], text, sizeof text);
        return countedAddress(text);
    }
    return std::string(reinterpret_cast<const char*>(six.s6_addr), 8);
}

void tellAllowance(Response& response, const Allowance& allowance, std::int64_t now)
{
    const auto time = static_cast<std::time_t>(now + allowance.wholeIn);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[32] = {};
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts); // digits only: no locale changes it
    response.with("X-RateLimit-Limit", std::to_string(allowance.limit)).with("X-RateLimit-Remaining", std::to_string(allowance.remaining)).with("X-RateLimit-Reset", text);
    if (allowance.wait > 0)
        response.with("Retry-After", std::to_string(allowance.wait));
}

} // namespace artdag::server
