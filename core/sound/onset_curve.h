// SPDX-License-Identifier: GPL-3.0-or-later
// How much begins at each hundredth of a second of a sound: what onsets and beats are found in. It knows only what it was
// given so far, a short spectrum at a time, so that an hour of sound needs no more memory than its curve.
#pragma once

#include "core/sound/spectrum.h"

#include <span>
#include <utility>
#include <vector>

namespace artdag {

struct OnsetCurve {
    static constexpr int perSecond = 100;
    std::vector<double> strength; ///< what rose since 20 ms before, over all bands, amplitudes as their square root: one scale for loud and soft
    std::vector<double> accent;   ///< the same in plain amplitudes: how strong it was beside the others
    std::vector<double> bass;     ///< of `accent`, what lies below 150 Hz
    std::vector<double> share;    ///< of all that sounds, how much `strength` is: noise stays far below 1
};

class OnsetListener {
public:
    /// Between `low` and `high` Hz.
    OnsetListener(int sampleRate, double low, double high);
    /// Samples of one window, which lies around its hundredth of a second.
    [[nodiscard]] int size() const { return m_spectrum.size(); }
    /// The next hundredth of a second.
    void hear(std::span<const double> samples);
    [[nodiscard]] OnsetCurve take() { return std::move(m_curve); }

private:
    struct Band {
        int first = 0, end = 0; ///< bins
        double centre = 0;      ///< Hz
    };
    Spectrum m_spectrum;
    std::vector<double> m_window, m_samples, m_power;
    std::vector<Band> m_bands;
    std::vector<std::vector<double>> m_before; ///< amplitudes of the last windows, the newest last
    OnsetCurve m_curve;
};

} // namespace artdag
