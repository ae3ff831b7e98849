// SPDX-License-Identifier: GPL-3.0-or-later
// A polyphase filter: output k lies at input position k·from/to, which takes to/gcd different fractions, each with its own
// row of weights. Weights are computed in double from the fraction alone, normalised to a sum of 1 so that a constant stays
// constant in every phase, and kept as float. Sums run over sixteen lanes in one fixed order.
#include "core/sound/resample.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace artdag {

namespace {

constexpr int zeroCrossings = 30;         ///< of the sinc to each side
constexpr double kaiserBeta = 10.0;       ///< stop band about −100 dB
constexpr double passBand = 0.94;         ///< of the lower Nyquist frequency, so that the slope ends near it
constexpr std::int64_t mostPhases = 4096; ///< rows that are made ahead; rates with more phases make them as they go
constexpr int lanes = 16;

/// Modified Bessel function of the first kind, order 0: Σ (x²/4)^k / k!², all terms positive.
double bessel(double x)
{
    const double quarter = x * x / 4.0;
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; k < 200 && term > sum * 1e-18; ++k) {
        term *= quarter / (static_cast<double>(k) * k);
        sum += term;
    }
    return sum;
}

std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    const std::int64_t quotient = a / b;
    return a % b < 0 ? quotient - 1 : quotient;
}

typedef float Four __attribute__((vector_size(16)));

Four fourAt(const float* samples)
{
    Four four;
    std::memcpy(&four, samples, sizeof four);
    return four;
}

/// Σ samples·weights: lane l sums taps l, l + 16, …; then the lanes in pairs. taps is a multiple of the lanes.
float sumOf(const float* samples, const float* weights, std::int64_t taps)
{
    Four a{}, b{}, c{}, d{};
    for (std::int64_t i = 0; i < taps; i += lanes) {
        a += fourAt(samples + i) * fourAt(weights + i);
        b += fourAt(samples + i + 4) * fourAt(weights + i + 4);
        c += fourAt(samples + i + 8) * fourAt(weights + i + 8);
        d += fourAt(samples + i + 12) * fourAt(weights + i + 12);
    }
    const Four sum = (a + c) + (b + d);
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

#if defined(__x86_64__)
typedef float Eight __attribute__((vector_size(32)));

__attribute__((target("avx"), always_inline)) inline Eight eightAt(const float* samples)
{
    Eight eight;
    std::memcpy(&eight, samples, sizeof eight);
    return eight;
}

__attribute__((target("avx"), always_inline)) inline float sumOfPairs(Eight ab, Eight cd)
{
    const Eight sum = ab + cd;
    const Four four = Four{sum[0], sum[1], sum[2], sum[3]} + Four{sum[4], sum[5], sum[6], sum[7]};
    return (four[0] + four[2]) + (four[1] + four[3]);
}

/// sumOf for both channels, eight lanes at once: every number is added to the same one as there.
__attribute__((target("avx"))) void sumsOfBoth(const float* left, const float* right, const float* weights, std::int64_t taps, float* sums)
{
    Eight leftAb{}, leftCd{}, rightAb{}, rightCd{};
    for (std::int64_t i = 0; i < taps; i += lanes) {
        const Eight ab = eightAt(weights + i), cd = eightAt(weights + i + 8);
        leftAb += eightAt(left + i) * ab;
        leftCd += eightAt(left + i + 8) * cd;
        rightAb += eightAt(right + i) * ab;
        rightCd += eightAt(right + i + 8) * cd;
    }
    sums[0] = sumOfPairs(leftAb, leftCd);
    sums[1] = sumOfPairs(rightAb, rightCd);
}
const bool hasEights = __builtin_cpu_supports("avx");
#else
constexpr bool hasEights = false;
void sumsOfBoth(const float*, const float*, const float*, std::int64_t, float*) {}
#endif

} // namespace

Resampler::Resampler(int fromRate, int toRate, Vectors vectors)
    : m_wide(vectors == Vectors::Widest && hasEights)
{
    CHECK(fromRate > 0 && toRate > 0);
    const int common = std::gcd(fromRate, toRate);
    m_from = fromRate / common;
    m_to = toRate / common;
    m_cutoff = passBand * std::min(1.0, static_cast<double>(m_to) / static_cast<double>(m_from));
    constexpr int unit = lanes / 2;
    m_half = (static_cast<std::int64_t>(exact::floor(zeroCrossings / m_cutoff)) / unit + 1) * unit;
    if (m_from == m_to || m_to > mostPhases)
        return;
    m_weights.resize(static_cast<std::size_t>(m_to * taps()));
    for (std::int64_t phase = 0; phase < m_to; ++phase)
        makeWeights(phase, m_weights.data() + phase * taps());
}

std::int64_t Resampler::firstOf(std::int64_t output) const
{
    return floorDivide(output * m_from, m_to) - m_half + 1;
}

/// The sinc at distances −half + 1 − phase/to … half − phase/to, windowed.
void Resampler::makeWeights(std::int64_t phase, float* out) const
{
    const double fraction = static_cast<double>(phase) / static_cast<double>(m_to);
    const double scale = 1.0 / bessel(kaiserBeta);
    std::vector<double> row(static_cast<std::size_t>(taps()));
    double total = 0.0;
    for (std::int64_t i = 0; i < taps(); ++i) {
        const double distance = static_cast<double>(i - m_half + 1) - fraction;
        const double x = distance / static_cast<double>(m_half);
        const double window = x * x < 1.0 ? bessel(kaiserBeta * std::sqrt(1.0 - x * x)) * scale : 0.0;
        const double angle = exact::pi * m_cutoff * distance;
        const double sinc = angle * angle < 1e-16 ? 1.0 : exact::sin(angle) / angle;
        row[static_cast<std::size_t>(i)] = sinc * window;
        total += sinc * window;
    }
    for (const double weight : row)
        *out++ = static_cast<float>(weight / total);
}

SampleRange Resampler::needs(SampleRange out) const
{
    if (m_from == m_to || out.count <= 0)
        return {out.first, std::max<std::int64_t>(out.count, 0)};
    const std::int64_t first = firstOf(out.first);
    return {first, firstOf(out.end() - 1) + taps() - first};
}

SampleRange Resampler::within(SampleRange in) const
{
    // ceil(first · to / from) … ceil(end · to / from)
    const std::int64_t first = -floorDivide(-in.first * m_to, m_from);
    return {first, -floorDivide(-in.end() * m_to, m_from) - first};
}

Sound Resampler::run(const Sound& in, SampleRange out) const
{
    Sound result({out.first, std::max<std::int64_t>(out.count, 0)});
    // The input over all that is needed, silence beyond its ends.
    const SampleRange need = needs(result.range());
    const std::int64_t from = std::max(need.first, in.range().first);
    const std::int64_t until = std::min(need.end(), in.range().end());
    const bool isWithin = from == need.first && until == need.end() && need.count > 0;
    std::vector<float> padded[soundChannels];
    const float* samples[soundChannels];
    for (int channel = 0; channel < soundChannels; ++channel) {
        samples[channel] = isWithin ? in.channel(channel) + (need.first - in.range().first) : nullptr;
        if (!isWithin) {
            padded[channel].resize(static_cast<std::size_t>(need.count));
            if (from < until)
                std::copy_n(in.channel(channel) + (from - in.range().first), until - from, padded[channel].begin() + (from - need.first));
            samples[channel] = padded[channel].data();
        }
        if (m_from == m_to)
            std::copy_n(samples[channel], need.count, result.channel(channel));
    }
    if (m_from == m_to)
        return result;

    std::vector<float> row(m_weights.empty() ? static_cast<std::size_t>(taps()) : 0);
    float* const left = result.channel(0);
    float* const right = result.channel(1);
    std::int64_t at = 0;
    std::int64_t phase = out.first * m_from - floorDivide(out.first * m_from, m_to) * m_to;
    for (std::int64_t i = 0; i < result.range().count; ++i) {
        const float* weights = m_weights.data() + phase * taps();
        if (m_weights.empty()) {
            makeWeights(phase, row.data());
            weights = row.data();
        }
        float sums[soundChannels];
        if (m_wide)
            sumsOfBoth(samples[0] + at, samples[1] + at, weights, taps(), sums);
        else
            for (int channel = 0; channel < soundChannels; ++channel)
                sums[channel] = sumOf(samples[channel] + at, weights, taps());
        left[i] = sums[0];
        right[i] = sums[1];
        // One step further without a division.
        at += m_from / m_to;
        phase += m_from % m_to;
        at += phase >= m_to ? 1 : 0;
        phase -= phase >= m_to ? m_to : 0;
    }
    return result;
}

SampleRange resampleNeeds(SampleRange out, int fromRate, int toRate)
{
    return Resampler(fromRate, toRate).needs(out);
}

Sound resample(const Sound& in, int fromRate, int toRate, SampleRange out)
{
    return Resampler(fromRate, toRate).run(in, out);
}

Sound resample(const Sound& in, int fromRate, int toRate)
{
    const Resampler resampler(fromRate, toRate);
    return resampler.run(in, resampler.within(in.range()));
}

} // namespace artdag
