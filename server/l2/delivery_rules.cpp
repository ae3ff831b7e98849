// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/delivery_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <string>

namespace artdag::server {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::array<std::int64_t, 8> waits{60, 5 * 60, 15 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600};
constexpr std::int64_t longestAsked = 24 * 3600;
constexpr int mostTries = 16;

bool isRefusal(int status)
{
    constexpr std::array refusals{400, 401, 403, 404, 405, 413, 415, 422};
    return std::ranges::find(refusals, status) != refusals.end();
}

/// Seconds that Retry-After asks for: a number or a date (RFC 9110 §10.2.3); 0 when it asks for nothing.
std::int64_t askedFor(std::string_view text, std::int64_t now)
{
    std::int64_t seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size())
        return std::clamp<std::int64_t>(seconds, 0, longestAsked);
    std::tm parts{};
    if (text.empty() || ::strptime(std::string(text).c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts) == nullptr)
        return 0;
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(::timegm(&parts)) - now, 0, longestAsked);
}

} // namespace

Verdict judge(const Attempt& attempt, double chance, std::int64_t now)
{
    if (attempt.status >= 200 && attempt.status < 300)
        return {Outcome::Delivered};
    if (attempt.status == 410)
        return {Outcome::Gone};
    if (attempt.status == 401 && !attempt.otherFormTried)
        return {Outcome::SignOtherWay};
    // A refusal may be a mistake of a moment, as while a peer restarts: it is asked once more.
    if (isRefusal(attempt.status) && attempt.tries >= 1)
        return {Outcome::Drop};
    if (attempt.tries + 1 >= mostTries)
        return {Outcome::Drop};
    const std::int64_t table = waits[std::min<std::size_t>(static_cast<std::size_t>(attempt.tries), waits.size() - 1)];
    const auto wait = static_cast<std::int64_t>(static_cast<double>(table * second) * (0.8 + 0.4 * chance));
    return {Outcome::Retry, std::max(wait, askedFor(attempt.retryAfter, now) * second)};
}

} // namespace artdag::server
