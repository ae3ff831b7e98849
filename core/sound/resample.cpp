// SPDX-License-Identifier: GPL-3.0-or-later
// A polyphase filter: output k lies at input position k·from/to, which takes to/gcd different fractions, each with its own
// row of weights. Weights are computed in double from the fraction alone, kept as float, and normalised to a sum of 1 so that
// a constant stays constant in every phase. Sums are double and run from the first tap to the last.
#include "core/sound/resample.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace artdag {

namespace {

constexpr int zeroCrossings = 32;    ///< of the sinc to each side
constexpr double kaiserBeta = 10.0;  ///< stop band about −100 dB
constexpr double passBand = 0.94;    ///< of the lower Nyquist frequency, so that the slope ends near it
constexpr std::int64_t mostPhases = 4096; ///< rows that are made ahead; rates with more phases make them as they go

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

/// The ratio of two rates, reduced, and the filter that belongs to it.
class Ratio {
public:
    Ratio(int fromRate, int toRate)
    {
        CHECK(fromRate > 0 && toRate > 0);
        const int common = std::gcd(fromRate, toRate);
        m_from = fromRate / common;
        m_to = toRate / common;
        m_cutoff = passBand * std::min(1.0, static_cast<double>(m_to) / static_cast<double>(m_from));
        m_half = static_cast<int>(exact::floor(zeroCrossings / m_cutoff)) + 1;
    }
    [[nodiscard]] bool same() const { return m_from == m_to; }
    [[nodiscard]] int taps() const { return 2 * m_half; }
    [[nodiscard]] std::int64_t phases() const { return m_to; }
    /// The first input sample of output k; taps() samples from there.
    [[nodiscard]] std::int64_t firstOf(std::int64_t k) const { return floorDivide(k * m_from, m_to) - m_half + 1; }
    [[nodiscard]] std::int64_t phaseOf(std::int64_t k) const { return k * m_from - floorDivide(k * m_from, m_to) * m_to; }

    /// Weights of phase p: the sinc at distances −half + 1 − p/to … half − p/to, windowed.
    void weights(std::int64_t phase, float* out) const
    {
        const double fraction = static_cast<double>(phase) / static_cast<double>(m_to);
        const double scale = 1.0 / bessel(kaiserBeta);
        std::vector<double> row(static_cast<std::size_t>(taps()));
        double total = 0.0;
        for (int i = 0; i < taps(); ++i) {
            const double distance = i - m_half + 1 - fraction;
            const double x = distance / m_half;
            const double window = x * x < 1.0 ? bessel(kaiserBeta * std::sqrt(1.0 - x * x)) * scale : 0.0;
            const double angle = exact::pi * m_cutoff * distance;
            const double sinc = angle * angle < 1e-16 ? 1.0 : exact::sin(angle) / angle;
            row[static_cast<std::size_t>(i)] = sinc * window;
            total += sinc * window;
        }
        for (const double weight : row)
            *out++ = static_cast<float>(weight / total);
    }

private:
    std::int64_t m_from = 1, m_to = 1;
    double m_cutoff = 1;
    int m_half = 1;
};

/// Rows of weights, made when a phase is first met.
class PhaseTable {
public:
    explicit PhaseTable(const Ratio& ratio) : m_ratio(ratio), m_keeps(ratio.phases() <= mostPhases)
    {
        const auto rows = static_cast<std::size_t>(m_keeps ? ratio.phases() : 1);
        m_weights.resize(rows * static_cast<std::size_t>(ratio.taps()));
        m_made.resize(rows);
    }
    const float* row(std::int64_t phase)
    {
        const auto at = static_cast<std::size_t>(m_keeps ? phase : 0);
        float* row = m_weights.data() + at * static_cast<std::size_t>(m_ratio.taps());
        if (!m_keeps || !m_made[at])
            m_ratio.weights(phase, row);
        m_made[at] = true;
        return row;
    }

private:
    const Ratio& m_ratio;
    bool m_keeps;
    std::vector<float> m_weights;
    std::vector<bool> m_made;
};

/// Eight sums side by side in a fixed order, which the compiler may keep in vectors.
float sumOf(const float* __restrict samples, const float* __restrict weights, int taps)
{
    constexpr int lanes = 8;
    double sums[lanes] = {};
    int i = 0;
    for (; i + lanes <= taps; i += lanes)
        for (int lane = 0; lane < lanes; ++lane)
            sums[lane] += static_cast<double>(samples[i + lane]) * static_cast<double>(weights[i + lane]);
    for (int lane = 0; i < taps; ++i, ++lane)
        sums[lane] += static_cast<double>(samples[i]) * static_cast<double>(weights[i]);
    return static_cast<float>(((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7])));
}

} // namespace

SampleRange resampleNeeds(SampleRange out, int fromRate, int toRate)
{
    const Ratio ratio(fromRate, toRate);
    if (ratio.same() || out.count <= 0)
        return {out.first, std::max<std::int64_t>(out.count, 0)};
    const std::int64_t first = ratio.firstOf(out.first);
    return {first, ratio.firstOf(out.end() - 1) + ratio.taps() - first};
}

Sound resample(const Sound& in, int fromRate, int toRate, SampleRange out)
{
    const Ratio ratio(fromRate, toRate);
    Sound result({out.first, std::max<std::int64_t>(out.count, 0)});
    // The input over all that is needed, silence beyond its ends.
    const SampleRange need = resampleNeeds(result.range(), fromRate, toRate);
    const std::int64_t from = std::max(need.first, in.range().first);
    const std::int64_t until = std::min(need.end(), in.range().end());
    PhaseTable table(ratio);
    std::vector<float> samples(static_cast<std::size_t>(need.count));
    for (int channel = 0; channel < soundChannels; ++channel) {
        if (from < until)
            std::copy_n(in.channel(channel) + (from - in.range().first), until - from, samples.begin() + (from - need.first));
        float* to = result.channel(channel);
        if (ratio.same()) {
            std::copy(samples.begin(), samples.end(), to);
            continue;
        }
        for (std::int64_t i = 0; i < out.count; ++i) {
            const std::int64_t k = out.first + i;
            to[i] = sumOf(samples.data() + (ratio.firstOf(k) - need.first), table.row(ratio.phaseOf(k)), ratio.taps());
        }
    }
    return result;
}

Sound resample(const Sound& in, int fromRate, int toRate)
{
    const Ratio check(fromRate, toRate);
    // ceil(first · to / from) … ceil(end · to / from)
    const std::int64_t first = -floorDivide(-in.range().first * toRate, fromRate);
    const std::int64_t end = -floorDivide(-in.range().end() * toRate, fromRate);
    return resample(in, fromRate, toRate, {first, end - first});
}

} // namespace artdag
