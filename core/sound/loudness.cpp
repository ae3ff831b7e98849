// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/loudness.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr std::int64_t strip = 64;     ///< samples that are looked at together
constexpr std::size_t hopsOfBlock = 4; ///< 400 ms, three quarters of which overlap

float magnitude(float value)
{
    return value < 0.0F ? -value : value;
}

} // namespace

/// A sinc under a raised cosine, of sum 1 in each phase.
TruePeak::TruePeak()
{
    for (std::size_t quarter = 0; quarter < 3; ++quarter) {
        double weights[2 * reach], sum = 0.0;
        for (std::int64_t i = 0; i < 2 * reach; ++i) {
            const double distance = static_cast<double>(i - reach + 1) - static_cast<double>(quarter + 1) / 4.0;
            const double angle = exact::pi * distance;
            weights[i] = exact::sin(angle) / angle * (0.5 + 0.5 * exact::cos(angle / static_cast<double>(reach)));
            sum += weights[i];
        }
        for (std::int64_t i = 0; i < 2 * reach; ++i)
            m_quarters[quarter][static_cast<std::size_t>(i)] = static_cast<float>(weights[i] / sum);
    }
}

void TruePeak::heights(const Sound& in, SampleRange range, std::span<float> out) const
{
    CHECK(in.range().first <= range.first - reach && in.range().end() >= range.end() + reach);
    std::fill(out.begin(), out.end(), 0.0F);
    for (int channel = 0; channel < soundChannels; ++channel) {
        const float* samples = in.channel(channel) + (range.first - in.range().first);
        for (std::int64_t i = 0; i < range.count; ++i)
            out[static_cast<std::size_t>(i)] = std::max(out[static_cast<std::size_t>(i)], magnitude(samples[i]));
        for (const auto& weights : m_quarters)
            for (std::int64_t first = 0; first < range.count; first += strip) {
                float sums[strip] = {};
                const std::int64_t count = std::min(strip, range.count - first);
                for (std::int64_t tap = 0; tap < 2 * reach; ++tap) {
                    const float* from = samples + first + tap - reach + 1;
                    const float weight = weights[static_cast<std::size_t>(tap)];
                    for (std::int64_t i = 0; i < count; ++i)
                        sums[i] += from[i] * weight;
                }
                for (std::int64_t i = 0; i < count; ++i)
                    out[static_cast<std::size_t>(first + i)] = std::max(out[static_cast<std::size_t>(first + i)], magnitude(sums[i]));
            }
    }
}

LoudnessMeter::LoudnessMeter(int sampleRate)
    : m_sampleRate(sampleRate),
      m_filters{loudnessShelf(sampleRate), loudnessHighPass(sampleRate)}
{
}

void LoudnessMeter::endHop()
{
    m_hops.push_back(m_sum / static_cast<double>(m_samples));
    m_sum = 0.0;
    m_samples = 0;
    settle(m_states);
}

void LoudnessMeter::add(const Sound& piece)
{
    StereoBlock block = stereoOf(piece, piece.range());
    runFilters(m_filters, m_states, block);
    for (const Stereo& sample : block) {
        const Stereo square = sample * sample;
        m_sum += square[0] + square[1];
        if (++m_samples * 10 >= m_sampleRate)
            endHop();
    }
}

double LoudnessMeter::loudnessOf(double meanSquare)
{
    return meanSquare > 0.0 ? -0.691 + 10.0 * exact::log(meanSquare) / 2.302585092994045684 : silent;
}

std::vector<double> LoudnessMeter::hops() const
{
    std::vector<double> all = m_hops;
    if (m_samples > 0)
        all.push_back(m_sum / static_cast<double>(m_samples));
    return all;
}

double LoudnessMeter::integrated() const
{
    std::vector<double> blocks;
    for (std::size_t i = 0; i + hopsOfBlock <= m_hops.size(); ++i)
        blocks.push_back((m_hops[i] + m_hops[i + 1] + m_hops[i + 2] + m_hops[i + 3]) / static_cast<double>(hopsOfBlock));
    if (blocks.empty() && !m_hops.empty()) { // shorter than a block: all there is
        double sum = 0.0;
        for (const double hop : m_hops)
            sum += hop;
        blocks.push_back(sum / static_cast<double>(m_hops.size()));
    }
    double gate = -70.0;
    for (int pass = 0; pass < 2; ++pass) {
        double sum = 0.0;
        std::int64_t count = 0;
        for (const double block : blocks)
            if (loudnessOf(block) > gate) {
                sum += block;
                ++count;
            }
        if (count == 0)
            return silent;
        const double mean = loudnessOf(sum / static_cast<double>(count));
        if (pass == 1)
            return mean;
        gate = std::max(gate, mean - 10.0);
    }
    return silent;
}

} // namespace artdag
