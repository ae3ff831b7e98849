// SPDX-License-Identifier: GPL-3.0-or-later
// Sound made longer or shorter at the same pitch: a phase vocoder whose peaks carry their surroundings along (J. Laroche,
// M. Dolson, "Improved phase vocoder time-scale modification of audio", 1999). Both channels are turned by the same
// angles, so that the stereo picture stays, and phases start anew where a sound begins, so that beats stay sharp.
#pragma once

#include "core/sound/fourier.h"
#include "core/sound/sound.h"

#include <span>
#include <vector>

namespace artdag {

/// Frames follow each other on the output every `hop` samples; frame m has its centre at m·hop there, and at m·hop·speed
/// in the input. What it knows lives in `state`, which its owner keeps.
class TimeStretch {
public:
    TimeStretch(double speed, int sampleRate);

    [[nodiscard]] std::size_t stateNumbers() const; ///< all 0 in the beginning
    /// Input that is read until output sample `end` is known, where `done` output samples are (0 in the beginning).
    [[nodiscard]] SampleRange needs(std::int64_t done, std::int64_t end) const;
    /// Output samples done … end − 1. To be called for one range after another; `in` covers needs(done, end).
    [[nodiscard]] Sound run(const Sound& in, std::int64_t done, std::int64_t end, std::span<double> state) const;

private:
    using Spectrum = std::vector<Complex>; ///< size/2 + 1 bins of the left channel, then of the right
    [[nodiscard]] std::int64_t hop() const { return m_size / 4; }
    [[nodiscard]] int bins() const { return m_size / 2 + 1; }
    [[nodiscard]] std::int64_t framesUntil(std::int64_t end) const; ///< the first frame that begins at or after `end`
    [[nodiscard]] std::int64_t centreOf(std::int64_t frame) const;  ///< in the input
    [[nodiscard]] Spectrum spectrumAt(const Sound& in, std::int64_t centre) const;
    void turn(const Spectrum& before, Spectrum& now, std::span<const double> last) const;
    void addFrame(const Spectrum& spectrum, double* left, double* right) const;

    double m_speed;
    int m_size; ///< of a frame
    Fourier m_fourier;
    std::vector<double> m_window;
};

} // namespace artdag
