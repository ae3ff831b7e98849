// SPDX-License-Identifier: GPL-3.0-or-later
// Sound from one sample rate to another: a Kaiser-windowed sinc evaluated in a fixed order, so that a sample does not
// depend on the range asked for. Output sample k lies at time k/toRate, input sample i at i/fromRate: no delay.
#pragma once

#include "core/sound/sound.h"

#include <cstdint>
#include <vector>

namespace artdag {

/// The weights of one pair of rates. Making one takes about a millisecond, so a stream keeps it; calls are thread-safe.
class Resampler {
public:
    /// What computes; the samples are the same.
    enum class Vectors {
        Widest, ///< that this machine has
        Narrow, ///< four numbers, which all have
    };
    Resampler(int fromRate, int toRate, Vectors vectors = Vectors::Widest); ///< rates are positive

    /// The input samples that output samples `out` are made of (at fromRate).
    [[nodiscard]] SampleRange needs(SampleRange out) const;
    /// The output samples that lie within input samples `in`: k with in.first/fromRate ≤ k/toRate < in.end/fromRate.
    [[nodiscard]] SampleRange within(SampleRange in) const;
    /// Samples `out` (at toRate) of a stream whose samples in.range() (at fromRate) are given; silence beyond them.
    [[nodiscard]] Sound run(const Sound& in, SampleRange out) const;

private:
    [[nodiscard]] std::int64_t taps() const { return 2 * m_half; }
    [[nodiscard]] std::int64_t firstOf(std::int64_t output) const;
    void makeWeights(std::int64_t phase, float* out) const;

    std::int64_t m_from = 1, m_to = 1; ///< the rates, reduced
    double m_cutoff = 1;               ///< of the input's Nyquist frequency
    std::int64_t m_half = 0;           ///< taps to each side
    bool m_wide = false;               ///< eight numbers at once
    std::vector<float> m_weights;      ///< a row of taps() for each of m_to phases; empty when there are too many
};

SampleRange resampleNeeds(SampleRange out, int fromRate, int toRate);
Sound resample(const Sound& in, int fromRate, int toRate, SampleRange out);
/// All samples that lie within the input: k with in.first/fromRate ≤ k/toRate < in.end/fromRate.
Sound resample(const Sound& in, int fromRate, int toRate);

} // namespace artdag
