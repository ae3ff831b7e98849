// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/stream_clock.h"

namespace artdag {

namespace {

constexpr std::int64_t longestSeconds = std::int64_t{1} << 30; ///< 34 years

}

bool hasCome(const Instant& instant, Flicks time)
{
    return instant.numerator * flicksPerSecond <= static_cast<__int128>(time) * instant.denominator;
}

Flicks flicksOf(const Instant& instant)
{
    const __int128 product = instant.numerator * flicksPerSecond;
    const __int128 quotient = product / instant.denominator;
    return static_cast<Flicks>(product % instant.denominator < 0 ? quotient - 1 : quotient);
}

Instant StreamClock::unrounded(std::int64_t timestamp) const
{
    const __int128 numerator = static_cast<__int128>(timestamp) * base.num * zeroBase.den - static_cast<__int128>(zero) * zeroBase.num * base.den;
    return {numerator, static_cast<std::int64_t>(base.den) * zeroBase.den};
}

Instant StreamClock::at(std::int64_t timestamp) const
{
    if (!isSane(timestamp))
        return {timestamp < 0 ? -longestSeconds : longestSeconds, 1};
    if (grid.numerator <= 0)
        return unrounded(timestamp);
    // Containers with coarse ticks (Matroska: 1 ms) round n/rate; here n/rate comes back.
    const __int128 ticks = static_cast<__int128>(timestamp) - first;
    const __int128 scaled = ticks * base.num * grid.numerator; // of base.den · grid.denominator
    const __int128 unit = static_cast<__int128>(base.den) * grid.denominator;
    const __int128 frame = (2 * scaled + unit) / (2 * unit);
    const __int128 distance = frame * unit - scaled;
    const __int128 tick = static_cast<__int128>(base.num) * grid.numerator;
    if (ticks < 0 || distance >= tick || distance <= -tick)
        return unrounded(timestamp);
    Instant start = unrounded(first);
    const __int128 away = start.numerator < 0 ? -start.numerator : start.numerator;
    if (away * base.den <= static_cast<__int128>(base.num) * start.denominator)
        start = {0, 1}; // within a tick of the beginning is the beginning
    const __int128 denominator = static_cast<__int128>(start.denominator) * grid.numerator;
    if (denominator > INT64_MAX / 4)
        return unrounded(timestamp);
    return {start.numerator * grid.numerator + frame * grid.denominator * start.denominator, static_cast<std::int64_t>(denominator)};
}

std::int64_t StreamClock::timestampAt(Flicks time) const
{
    return av_rescale_q_rnd(time, AVRational{1, static_cast<int>(flicksPerSecond)}, base, AV_ROUND_DOWN) + av_rescale_q_rnd(zero, zeroBase, base, AV_ROUND_DOWN);
}

bool StreamClock::isSane(std::int64_t timestamp) const
{
    const __int128 seconds = static_cast<__int128>(timestamp) * base.num;
    const __int128 limit = static_cast<__int128>(longestSeconds) * base.den;
    return seconds < limit && seconds > -limit;
}

} // namespace artdag
