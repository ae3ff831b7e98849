// SPDX-License-Identifier: GPL-3.0-or-later
// How loud sound is from sample to sample, and how a gain follows: the parts of compressors, duckers and limiters.
// Peak levels are maxima over a window that holds half a period of the lowest tones, so that a steady tone has a steady level.
#pragma once

#include "core/sound/sound.h"

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace artdag {

/// out[i] = the greatest of in[i] … in[i + window − 1]; `in` has out.size() + window − 1 numbers. Three comparisons a sample.
void slidingMaximum(std::span<const float> in, std::span<float> out, std::size_t window);
/// out[i] = √(2 · mean square of in[i] … in[i + window − 1]): of a sine its peak. Summed in whole numbers, so that no error grows.
void slidingRms(std::span<const float> in, std::span<float> out, std::size_t window);

/// 20·log10 of a positive level, −200 dB for nothing, within 0.00001 dB; written so that loops over it run in vectors.
inline float decibelsOf(float level)
{
    const float least = 1e-10F;
    const float x = level > least ? level : least;
    // Mantissa in √½ … √2, so that the series is short: log m = 2·artanh((m − 1)/(m + 1)).
    const std::int32_t bits = std::bit_cast<std::int32_t>(x) - 0x3F3504F3;
    const std::int32_t exponent = bits >> 23;
    const float mantissa = std::bit_cast<float>((bits & 0x007FFFFF) + 0x3F3504F3);
    const float t = (mantissa - 1.0F) / (mantissa + 1.0F), u = t * t;
    const float log = t * (2.0F + u * (0.66666667F + u * (0.4F + u * 0.28571429F)));
    return static_cast<float>(exponent) * 6.02059991F + log * 8.68588964F;
}
/// The inverse, for −200 … 100 dB.
inline float amplitudeOf(float decibels)
{
    const float octaves = decibels * 0.166096405F;
    const float biased = octaves + 256.5F; // truncation of what is positive is its floor
    const std::int32_t whole = static_cast<std::int32_t>(biased) - 256;
    const float x = (octaves - static_cast<float>(whole)) * 0.693147181F;
    const float power = 1.0F + x * (1.0F + x * (0.5F + x * (0.16666667F + x * (0.041666667F + x * (0.0083333333F + x * 0.0013888889F)))));
    return power * std::bit_cast<float>((whole + 127) << 23);
}

/// The soft-knee curve of a compressor: how many dB a level is turned by, never above 0.
/// (D. Giannoulis, M. Massberg, J. D. Reiss, "Digital Dynamic Range Compressor Design", JAES 2012)
struct CompressorCurve {
    float threshold = 0; ///< dB
    float slope = 0;     ///< 1/ratio − 1
    float knee = 0;      ///< dB, the whole width
};
void turnBy(const CompressorCurve& curve, std::span<const float> decibels, std::span<float> turned);

/// A gain in dB that falls with one time constant and rises with another. Seconds to 63 %; returns where it ended.
double followGain(std::span<float> decibels, double start, double attack, double release, double sampleRate);

/// How much of the way a one-pole follower has left after one sample.
double remaining(double seconds, double sampleRate);

} // namespace artdag
