// SPDX-License-Identifier: GPL-3.0-or-later
// How often one client may ask: a token bucket for each kind of request and each account or address. All buckets are in one
// table of a fixed size, so that no crowd of clients takes memory.
#pragma once

#include "core/base/result.h"
#include "server/http/message.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// `count` at once, and as many again in `seconds`. 0 is no limit.
struct Rate {
    std::int64_t count = 0, seconds = 1;
};
/// `300/300` (requests, seconds) or `off`; BadInput otherwise.
Result<Rate> rateOf(std::string_view text);

enum class RateKind {
    Visitor,  ///< anyone, by address
    Member,   ///< who is logged in, by account
    Media,    ///< bytes of works, thumbnails, segments: a page needs many
    Upload,   ///< by account
    Login,    ///< passwords and codes, by address
    Register, ///< new accounts, by address
    Reset,    ///< ways back in, by address
    Inbox,    ///< activities, by address and once more by the server that signed them
};
constexpr std::size_t rateKinds = 8;
using RateRules = std::array<Rate, rateKinds>; ///< by kind; by itself no limits at all

class RateLimits {
public:
    /// `slots` is rounded up to a power of two; a slot has 24 bytes. `seed`: a secret that keeps others from choosing slots.
    RateLimits(const RateRules& rules, std::uint64_t seed, std::size_t slots = 1U << 15);
    /// Takes one token of `who` when there is one. `now` in microseconds, not going back. Nothing when the kind has no limit.
    /// When a client comes that has no slot, the one next to it that would miss its slot least gives it up: nearly full buckets
    /// go first, empty ones last. Any thread.
    std::optional<Allowance> take(RateKind kind, std::string_view who, std::int64_t now);

private:
    struct Slot {
        std::uint64_t key = 0; ///< 0: nobody's
        double tokens = 0;
        std::int64_t at = 0; ///< when there were so many, microseconds
    };
    [[nodiscard]] double tokensAt(const Slot& slot, std::int64_t now) const;
    RateRules m_rules;
    std::uint64_t m_seed;
    std::vector<Slot> m_slots;
    std::mutex m_mutex;
};

/// Whom an address stands for: itself, or of IPv6 its /64, of which one home has all. Empty for loopback: the machine itself,
/// which is not counted.
std::string countedAddress(const std::string& address);

/// X-RateLimit-Limit, -Remaining, -Reset (ISO 8601) as Mastodon writes them. `now` in seconds.
void tellAllowance(Response& response, const Allowance& allowance, std::int64_t now);

} // namespace artdag::server
