// SPDX-License-Identifier: GPL-3.0-or-later
// Spectral flux in third-octave bands (Dixon 2006, "Onset detection revisited"; the lag as in Böck and Widmer 2013).
#include "core/sound/onset_curve.h"

#include "core/base/exact_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr std::size_t lag = 2;            ///< windows, 20 ms
constexpr double windowsPerSecond = 25.0; ///< a window lasts at least 40 ms
constexpr double bandsPerOctave = 3.0;
constexpr double bassBelow = 150.0; ///< Hz: kick drums and bass notes

} // namespace

OnsetListener::OnsetListener(int sampleRate, double low, double high)
    : m_spectrum(spectrumSize(sampleRate / windowsPerSecond)),
      m_window(hannWindow(m_spectrum.size())),
      m_samples(static_cast<std::size_t>(m_spectrum.size())),
      m_power(static_cast<std::size_t>(m_spectrum.bins()))
{
    const double binWidth = static_cast<double>(sampleRate) / m_spectrum.size();
    const double top = std::min(high, sampleRate / 2.0);
    int first = std::max(1, static_cast<int>(low / binWidth + 0.5));
    for (int step = 1; first < m_spectrum.bins(); ++step) {
        const double edge = low * exact::exp2(step / bandsPerOctave);
        const int end = std::clamp(static_cast<int>(std::min(edge, top) / binWidth + 0.5), first + 1, m_spectrum.bins());
        if (edge >= first * binWidth) { // low bands are narrower than a bin
            m_bands.push_back({first, end, binWidth * 0.5 * (first + end - 1)});
            first = end;
        }
        if (edge >= top)
            break;
    }
}

void OnsetListener::hear(std::span<const double> samples)
{
    for (std::size_t i = 0; i < m_samples.size(); ++i)
        m_samples[i] = samples[i] * m_window[i];
    m_spectrum.power(m_samples, m_power);
    std::vector<double> now;
    for (const Band& band : m_bands) {
        double sum = 0.0;
        for (int bin = band.first; bin < band.end; ++bin)
            sum += m_power[static_cast<std::size_t>(bin)];
        now.push_back(std::sqrt(sum));
    }
    if (m_before.empty()) // silence before the first sample
        m_before.assign(lag, std::vector<double>(now.size()));
    double strength = 0.0, accent = 0.0, bass = 0.0, all = 0.0;
    const std::vector<double>& then = m_before.front();
    for (std::size_t band = 0; band < now.size(); ++band) {
        const double risen = std::max(now[band] - then[band], 0.0);
        const double root = std::sqrt(now[band]);
        all += root;
        strength += std::max(root - std::sqrt(then[band]), 0.0);
        accent += risen;
        bass += m_bands[band].centre < bassBelow ? risen : 0.0;
    }
    m_before.erase(m_before.begin());
    m_before.push_back(std::move(now));
    m_curve.strength.push_back(strength);
    m_curve.accent.push_back(accent);
    m_curve.bass.push_back(bass);
    m_curve.share.push_back(all > 0 ? strength / all : 0.0);
}

} // namespace artdag
