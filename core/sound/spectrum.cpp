// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/spectrum.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

namespace artdag {

Spectrum::Spectrum(int size)
    : m_size(size),
      m_half(size / 2),
      m_packed(static_cast<std::size_t>(size / 2)),
      m_bins(static_cast<std::size_t>(size / 2 + 1)),
      m_powers(static_cast<std::size_t>(size))
{
    for (int k = 0; k <= size / 2; ++k)
        m_turns.push_back({exact::cos(-2.0 * exact::pi * k / size), exact::sin(-2.0 * exact::pi * k / size)});
}

std::span<const Complex> Spectrum::of(std::span<const double> samples)
{
    CHECK(samples.size() == static_cast<std::size_t>(m_size));
    for (std::size_t i = 0; i < m_packed.size(); ++i)
        m_packed[i] = {samples[2 * i], samples[2 * i + 1]};
    m_half.forward(m_packed);
    for (std::size_t k = 0; k < m_bins.size(); ++k) {
        const TwoSpectra both = separated(m_packed, static_cast<int>(k % m_packed.size()));
        m_bins[k] = both.a + m_turns[k] * both.b;
    }
    return m_bins;
}

void Spectrum::power(std::span<const double> samples, std::span<double> out)
{
    of(samples);
    for (std::size_t k = 0; k < m_bins.size(); ++k)
        out[k] = m_bins[k].power();
}

void Spectrum::autocorrelation(std::span<const double> samples, std::span<double> out)
{
    of(samples);
    // The spectrum of an autocorrelation is real and even, so that a forward transform goes back.
    for (std::size_t k = 0; k < m_bins.size(); ++k)
        m_powers[k] = m_bins[k].power();
    for (std::size_t k = 1; k + 1 < m_bins.size(); ++k)
        m_powers[m_powers.size() - k] = m_powers[k];
    of(m_powers);
    for (std::size_t d = 0; d < out.size(); ++d)
        out[d] = m_bins[d].re / m_size;
}

int spectrumSize(double samples)
{
    int size = 4;
    while (size < samples)
        size *= 2;
    return size;
}

std::vector<double> hannWindow(int size)
{
    std::vector<double> window;
    for (int i = 0; i < size; ++i)
        window.push_back((1.0 - exact::cos(2.0 * exact::pi * i / size)) / size);
    return window;
}

} // namespace artdag
