// SPDX-License-Identifier: GPL-3.0-or-later
// One integer clock: flicks (1/705 600 000 s), in which all common frame and sample periods are whole numbers.
#pragma once

#include <cstdint>

namespace artdag {

using Flicks = std::int64_t;
inline constexpr Flicks flicksPerSecond = 705'600'000;

/// Frames per second as a fraction, both positive and reduced.
struct Rate {
    std::int64_t numerator = 30;
    std::int64_t denominator = 1;

    bool operator==(const Rate&) const = default;
    [[nodiscard]] double perSecond() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }
};

namespace time_detail {
/// floor(a·b/c) in 128 bits; b, c > 0.
constexpr std::int64_t scaleDown(std::int64_t a, std::int64_t b, std::int64_t c)
{
    const __int128 product = static_cast<__int128>(a) * b;
    const __int128 quotient = product / c;
    return static_cast<std::int64_t>(product % c < 0 ? quotient - 1 : quotient);
}
} // namespace time_detail

/// The instant at which frame n begins.
constexpr Flicks timeOfFrame(std::int64_t frame, Rate rate)
{
    return time_detail::scaleDown(frame, flicksPerSecond * rate.denominator, rate.numerator);
}
/// The frame that is shown at an instant: the last that has begun. An exact inverse of timeOfFrame, also for periods that
/// are no whole number of flicks.
constexpr std::int64_t frameAt(Flicks time, Rate rate)
{
    return time_detail::scaleDown(time + 1, rate.numerator, flicksPerSecond * rate.denominator)
        - ((static_cast<__int128>(time + 1) * rate.numerator % (static_cast<__int128>(flicksPerSecond) * rate.denominator) == 0) ? 1 : 0);
}
/// round(seconds × rate), ties up: how a document's times become frames (and samples, with rate = sampleRate/1).
std::int64_t framesOfSeconds(double seconds, Rate rate);
/// Flicks nearest to a number of seconds, ties up.
Flicks flicksOfSeconds(double seconds);
constexpr double secondsOfFlicks(Flicks time)
{
    return static_cast<double>(time) / static_cast<double>(flicksPerSecond);
}
/// The first sample at or after the start of a frame.
constexpr std::int64_t sampleOfFrame(std::int64_t frame, Rate rate, int sampleRate)
{
    return -time_detail::scaleDown(-frame, static_cast<std::int64_t>(sampleRate) * rate.denominator, rate.numerator);
}

} // namespace artdag
