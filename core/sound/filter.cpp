// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/filter.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace artdag {

namespace {

/// tan(π f / rate): the frequency as trapezoidal integration sees it.
double warped(double hertz, double sampleRate)
{
    return exact::tan(exact::pi * std::clamp(hertz, 0.01, 0.49 * sampleRate) / sampleRate);
}

/// From Simper's coefficients: g, damping k, and how much of input, band and low are in the output.
Filter assembled(double g, double k, double m0, double m1, double m2)
{
    const double a1 = 1.0 / (1.0 + g * (g + k)), a2 = g * a1, a3 = g * a2;
    return {2.0 * a1 - 1.0, -2.0 * a2, 2.0 * a2, 1.0 - 2.0 * a3, 2.0 * a2, 2.0 * a3, m1 * a1 + m2 * a2, m2 * (1.0 - a3) - m1 * a2, m0 + m1 * a2 + m2 * a3};
}

double amplitudeOf(double decibels)
{
    return exact::pow(10.0, decibels / 20.0);
}

template <std::size_t count>
void runSome(const Filter* filters, double* states, std::span<Stereo> block)
{
    Stereo s1[count], s2[count];
    Filter f[count];
    for (std::size_t i = 0; i < count; ++i) {
        std::memcpy(&s1[i], states + i * filterNumbers, sizeof s1[i]);
        std::memcpy(&s2[i], states + i * filterNumbers + 2, sizeof s2[i]);
        f[i] = filters[i];
    }
    for (Stereo& sample : block) {
        Stereo x = sample;
        for (std::size_t i = 0; i < count; ++i) {
            const Stereo out = (f[i].c1 * s1[i] + f[i].c2 * s2[i]) + f[i].d * x;
            const Stereo next = (f[i].a11 * s1[i] + f[i].a12 * s2[i]) + f[i].b1 * x;
            s2[i] = (f[i].a21 * s1[i] + f[i].a22 * s2[i]) + f[i].b2 * x;
            s1[i] = next;
            x = out;
        }
        sample = x;
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::memcpy(states + i * filterNumbers, &s1[i], sizeof s1[i]);
        std::memcpy(states + i * filterNumbers + 2, &s2[i], sizeof s2[i]);
    }
}

} // namespace

StereoBlock stereoOf(const Sound& sound, SampleRange range)
{
    StereoBlock block(static_cast<std::size_t>(range.count));
    const float* left = sound.channel(0) + (range.first - sound.range().first);
    const float* right = sound.channel(1) + (range.first - sound.range().first);
    for (std::size_t i = 0; i < block.size(); ++i)
        block[i] = Stereo{static_cast<double>(left[i]), static_cast<double>(right[i])};
    return block;
}

void writeStereo(const StereoBlock& block, Sound& out)
{
    float* left = out.channel(0);
    float* right = out.channel(1);
    for (std::size_t i = 0; i < block.size(); ++i) {
        left[i] = static_cast<float>(block[i][0]);
        right[i] = static_cast<float>(block[i][1]);
    }
}

Filter lowPassFilter(double hertz, double q, double sampleRate)
{
    return assembled(warped(hertz, sampleRate), 1.0 / q, 0.0, 0.0, 1.0);
}

Filter highPassFilter(double hertz, double q, double sampleRate)
{
    return assembled(warped(hertz, sampleRate), 1.0 / q, 1.0, -1.0 / q, -1.0);
}

Filter bellFilter(double hertz, double q, double decibels, double sampleRate)
{
    const double a = amplitudeOf(decibels / 2.0), k = 1.0 / (q * a);
    return assembled(warped(hertz, sampleRate), k, 1.0, k * (a * a - 1.0), 0.0);
}

Filter lowShelfFilter(double hertz, double q, double decibels, double sampleRate)
{
    const double a = amplitudeOf(decibels / 2.0), k = 1.0 / q;
    return assembled(warped(hertz, sampleRate) / std::sqrt(a), k, 1.0, k * (a - 1.0), a * a - 1.0);
}

Filter highShelfFilter(double hertz, double q, double decibels, double sampleRate)
{
    const double a = amplitudeOf(decibels / 2.0), k = 1.0 / q;
    return assembled(warped(hertz, sampleRate) * std::sqrt(a), k, a * a, k * (1.0 - a) * a, 1.0 - a * a);
}

/// (1 + s) of (1 + s)² is left over: a filter of second order with a double pole, one of which is taken back.
Filter gentleLowPassFilter(double hertz, double sampleRate)
{
    return assembled(warped(hertz, sampleRate), 2.0, 0.0, 1.0, 1.0);
}

Filter gentleHighPassFilter(double hertz, double sampleRate)
{
    return assembled(warped(hertz, sampleRate), 2.0, 1.0, -1.0, -1.0);
}

/// The analogue prototypes of the two filters, which give the coefficients of BS.1770-4 at 48 kHz and the same curve at
/// every other rate.
Filter loudnessShelf(double sampleRate)
{
    const double high = amplitudeOf(3.999843853973347), band = exact::pow(high, 0.4996667741545416), k = 1.0 / 0.7071752369554196;
    return assembled(warped(1681.974450955533, sampleRate), k, high, (band - high) * k, 1.0 - high);
}

Filter loudnessHighPass(double sampleRate)
{
    const double g = warped(38.13547087602444, sampleRate), k = 1.0 / 0.5003270373238773;
    const double scale = 1.0 + g * (g + k); // the recommendation leaves its numerator as 1, −2, 1
    return assembled(g, k, scale, -k * scale, -scale);
}

void runFilters(std::span<const Filter> filters, std::span<double> states, std::span<Stereo> block)
{
    CHECK(states.size() >= filters.size() * filterNumbers);
    // Side by side, so that one filter's multiplications fill another's waiting.
    std::size_t i = 0;
    for (; i + 3 <= filters.size(); i += 3)
        runSome<3>(&filters[i], &states[i * filterNumbers], block);
    if (filters.size() - i == 2)
        runSome<2>(&filters[i], &states[i * filterNumbers], block);
    else if (filters.size() - i == 1)
        runSome<1>(&filters[i], &states[i * filterNumbers], block);
}

void runFilter(const Filter& from, const Filter& to, std::span<double> state, std::span<Stereo> block)
{
    CHECK(state.size() >= filterNumbers);
    Stereo s1, s2;
    std::memcpy(&s1, &state[0], sizeof s1);
    std::memcpy(&s2, &state[2], sizeof s2);
    const double step = block.empty() ? 0.0 : 1.0 / static_cast<double>(block.size());
    for (std::size_t i = 0; i < block.size(); ++i) {
        const double t = step * static_cast<double>(i);
        const auto at = [&](double Filter::*part) { return from.*part + (to.*part - from.*part) * t; };
        const Stereo x = block[i];
        block[i] = (at(&Filter::c1) * s1 + at(&Filter::c2) * s2) + at(&Filter::d) * x;
        const Stereo next = (at(&Filter::a11) * s1 + at(&Filter::a12) * s2) + at(&Filter::b1) * x;
        s2 = (at(&Filter::a21) * s1 + at(&Filter::a22) * s2) + at(&Filter::b2) * x;
        s1 = next;
    }
    std::memcpy(&state[0], &s1, sizeof s1);
    std::memcpy(&state[2], &s2, sizeof s2);
}

void settle(std::span<double> states)
{
    for (double& number : states)
        if (number > -1e-30 && number < 1e-30)
            number = 0.0;
}

} // namespace artdag
