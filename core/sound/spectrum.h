// SPDX-License-Identifier: GPL-3.0-or-later
// Spectra of real samples, for what listens to sound. The same bits on every machine.
#pragma once

#include "core/sound/fourier.h"

#include <span>
#include <vector>

namespace artdag {

/// Spectra of one length. Calls of one object share its memory, so that each thread makes its own.
class Spectrum {
public:
    explicit Spectrum(int size); ///< samples: a power of two, at least 4

    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] int bins() const { return m_size / 2 + 1; }

    /// X[k] = Σ x[n]·e^(−2πi·kn/size) for k = 0 … size/2; valid until the next call.
    std::span<const Complex> of(std::span<const double> samples);
    /// |X[k]|², `bins()` of them.
    void power(std::span<const double> samples, std::span<double> out);
    /// out[d] = Σ x[n]·x[n+d], indices modulo `size`, for d < out.size() ≤ bins(): a signal whose second half is silent is
    /// not folded onto itself.
    void autocorrelation(std::span<const double> samples, std::span<double> out);

private:
    int m_size;
    Fourier m_half;               ///< even and odd samples are the two parts of one complex signal
    std::vector<Complex> m_turns; ///< e^(−2πi·k/size), k ≤ size/2
    std::vector<Complex> m_packed, m_bins;
    std::vector<double> m_powers;
};

/// The length of a spectrum that holds at least `samples`.
int spectrumSize(double samples);
/// A Hann window of `size` samples whose sum is 1: a sine of amplitude a has a bin of magnitude a/2.
std::vector<double> hannWindow(int size);

} // namespace artdag
