// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/level.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <cmath>

namespace artdag {

/// Van Herk and Gil–Werman: maxima from both ends of blocks of `window`, of which each place needs one of each.
void slidingMaximum(std::span<const float> in, std::span<float> out, std::size_t window)
{
    CHECK(window > 0 && in.size() + 1 >= out.size() + window);
    const std::size_t count = out.size() + window - 1;
    std::vector<float> ahead(count), behind(count);
    for (std::size_t first = 0; first < count; first += window) {
        const std::size_t end = std::min(first + window, count);
        ahead[first] = in[first];
        for (std::size_t i = first + 1; i < end; ++i)
            ahead[i] = in[i] > ahead[i - 1] ? in[i] : ahead[i - 1];
        behind[end - 1] = in[end - 1];
        for (std::size_t i = end - 1; i-- > first;)
            behind[i] = in[i] > behind[i + 1] ? in[i] : behind[i + 1];
    }
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = behind[i] > ahead[i + window - 1] ? behind[i] : ahead[i + window - 1];
}

void slidingRms(std::span<const float> in, std::span<float> out, std::size_t window)
{
    CHECK(window > 0 && in.size() + 1 >= out.size() + window);
    constexpr double unit = 1099511627776.0; // 2^40; louder than +30 dB counts as that, so that a window of 8192 fits
    const auto square = [](float sample) { return static_cast<std::int64_t>(std::min(static_cast<double>(sample) * sample, 1024.0) * unit); };
    std::int64_t sum = 0;
    for (std::size_t i = 0; i + 1 < window; ++i)
        sum += square(in[i]);
    const double scale = 2.0 / (unit * static_cast<double>(window));
    for (std::size_t i = 0; i < out.size(); ++i) {
        sum += square(in[i + window - 1]);
        out[i] = static_cast<float>(std::sqrt(static_cast<double>(sum) * scale));
        sum -= square(in[i]);
    }
}

void turnBy(const CompressorCurve& curve, std::span<const float> decibels, std::span<float> turned)
{
    const float knee = std::max(curve.knee, 0.001F), half = knee / 2.0F, bend = 0.5F / knee;
    for (std::size_t i = 0; i < turned.size(); ++i) {
        const float over = decibels[i] - curve.threshold;
        float within = over + half;
        within = within > 0.0F ? within : 0.0F;
        within = within < knee ? within : knee;
        const float above = over > half ? over - half : 0.0F;
        turned[i] = curve.slope * (within * within * bend + above);
    }
}

double remaining(double seconds, double sampleRate)
{
    return seconds > 0.0 ? exact::exp(-1.0 / (seconds * sampleRate)) : 0.0;
}

double followGain(std::span<float> decibels, double start, double attack, double release, double sampleRate)
{
    const double down = remaining(attack, sampleRate), up = remaining(release, sampleRate);
    double gain = start;
    // Below the target the slower of the two is the lower, above it the higher: least or greatest of both is the right one.
    const bool downIsFaster = down <= up;
    for (float& target : decibels) {
        const double falling = down * gain + (1.0 - down) * target;
        const double rising = up * gain + (1.0 - up) * target;
        gain = downIsFaster ? (falling < rising ? falling : rising) : (falling < rising ? rising : falling);
        target = static_cast<float>(gain);
    }
    return gain;
}

} // namespace artdag
