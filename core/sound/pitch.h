// SPDX-License-Identifier: GPL-3.0-or-later
// The pitch of one voice or instrument over time, and how sure it is.
#pragma once

#include "core/sound/spectrum.h"

#include <span>
#include <vector>

namespace artdag {

struct Pitch {
    double hertz = 0;   ///< 0: nothing with a pitch sounds
    double clarity = 0; ///< 0–1: how much the sound is like itself one period later
};

class PitchListener {
public:
    static constexpr int perSecond = 100;
    PitchListener(int sampleRate, double lowest, double highest);
    /// Samples of one window: two periods of the lowest pitch.
    [[nodiscard]] int size() const { return m_size; }
    void hear(std::span<const double> samples);
    /// The most likely course of the pitch. Windows whose clarity is less than `least` have none.
    [[nodiscard]] std::vector<Pitch> course(double least) const;

private:
    int m_sampleRate, m_size, m_shortest, m_longest; ///< samples
    Spectrum m_spectrum;
    std::vector<double> m_padded, m_products;
    std::vector<std::vector<Pitch>> m_candidates; ///< of each window
};

} // namespace artdag
