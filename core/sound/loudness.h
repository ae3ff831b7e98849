// SPDX-License-Identifier: GPL-3.0-or-later
// How loud a whole sound is to listeners (ITU-R BS.1770-4, EBU R 128) and how high its wave goes between samples.
#pragma once

#include "core/sound/filter.h"

#include <array>
#include <vector>

namespace artdag {

/// Kernel of four phases by which the wave between samples is found; each place needs `reach` samples to both sides.
class TruePeak {
public:
    static constexpr std::int64_t reach = 12;
    TruePeak();
    /// out[i] = the greatest height of either channel at sample `range.first + i` and at the quarters after it. `in` must
    /// cover the range and `reach` samples around it.
    void heights(const Sound& in, SampleRange range, std::span<float> out) const;

private:
    std::array<std::array<float, 2 * reach>, 3> m_quarters{};
};

/// Takes a sound piece by piece in order.
class LoudnessMeter {
public:
    explicit LoudnessMeter(int sampleRate);
    void add(const Sound& piece);
    /// LUFS of all so far, gated; −200 where there is nothing above −70 LUFS.
    [[nodiscard]] double integrated() const;
    static constexpr double silent = -200.0;
    /// Mean squares of each tenth of a second, both channels added, weighted; the last one may be shorter.
    [[nodiscard]] std::vector<double> hops() const;
    /// LUFS of a mean square, before any gate.
    [[nodiscard]] static double loudnessOf(double meanSquare);

private:
    void endHop();

    int m_sampleRate;
    Filter m_filters[2];
    std::array<double, 2 * filterNumbers> m_states{};
    std::int64_t m_samples = 0; ///< of the hop so far
    double m_sum = 0;
    std::vector<double> m_hops; ///< mean squares of a tenth of a second, both channels added
};

} // namespace artdag
