// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/time_stretch.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr std::int64_t firstFrame = -2; ///< ends where the output begins
constexpr double sudden = 3.0;          ///< times more power than a hop before is a beginning

/// The power of two nearest to 43 ms.
int frameSize(int sampleRate)
{
    int size = 256;
    while (size * 3 / 2 < sampleRate * 43 / 1000)
        size *= 2;
    return size;
}

Complex unit(Complex value)
{
    const double power = value.power();
    return power > 1e-40 ? (1.0 / std::sqrt(power)) * value : Complex{1.0, 0.0};
}

} // namespace

TimeStretch::TimeStretch(double speed, int sampleRate)
    : m_speed(speed),
      m_size(frameSize(sampleRate)),
      m_fourier(m_size)
{
    for (int i = 0; i < m_size; ++i)
        m_window.push_back(0.5 - 0.5 * exact::cos(2.0 * exact::pi * i / m_size));
}

/// The last frame's spectrum, then the sums from one hop before the next frame on, a channel after the other.
std::size_t TimeStretch::stateNumbers() const
{
    return static_cast<std::size_t>(4 * bins() + 2 * (m_size + hop()));
}

std::int64_t TimeStretch::framesUntil(std::int64_t end) const
{
    const std::int64_t from = end + m_size / 2 + hop() - 1; // all that begin before `end`, rounded up
    return from >= 0 ? from / hop() : 0;
}

std::int64_t TimeStretch::centreOf(std::int64_t frame) const
{
    return static_cast<std::int64_t>(exact::floor(static_cast<double>(frame * hop()) * m_speed + 0.5));
}

SampleRange TimeStretch::needs(std::int64_t done, std::int64_t end) const
{
    const std::int64_t first = done <= 0 ? firstFrame : framesUntil(done), last = std::max(framesUntil(end) - 1, first);
    const std::int64_t from = centreOf(first) - hop() - m_size / 2;
    return {from, centreOf(last) + m_size / 2 - from};
}

TimeStretch::Spectrum TimeStretch::spectrumAt(const Sound& in, std::int64_t centre) const
{
    Spectrum both(static_cast<std::size_t>(m_size));
    const std::int64_t at = centre - m_size / 2 - in.range().first;
    CHECK(at >= 0 && at + m_size <= in.range().count);
    for (int i = 0; i < m_size; ++i)
        both[static_cast<std::size_t>(i)] = {m_window[static_cast<std::size_t>(i)] * in.channel(0)[at + i], m_window[static_cast<std::size_t>(i)] * in.channel(1)[at + i]};
    m_fourier.forward(both);
    Spectrum spectrum(static_cast<std::size_t>(2 * bins()));
    for (int k = 0; k < bins(); ++k) {
        const TwoSpectra two = separated(both, k);
        spectrum[static_cast<std::size_t>(k)] = two.a;
        spectrum[static_cast<std::size_t>(k + bins())] = two.b;
    }
    return spectrum;
}

/// Gives `now` the phases that follow those of the last output frame, `before` being the input one hop earlier: each peak
/// goes on by as much as it went on in the input, and its surroundings are turned with it.
void TimeStretch::turn(const Spectrum& before, Spectrum& now, std::span<const double> last) const
{
    const auto count = static_cast<std::size_t>(bins());
    std::vector<double> power(count + 4, 0.0); // two bins of nothing on both sides
    double rise = 0.0, ground = 0.0;           // high tones count more: that is where beginnings show
    for (std::size_t k = 0; k < count; ++k) {
        power[k + 2] = now[k].power() + now[k + count].power();
        rise += static_cast<double>(k) * power[k + 2];
        ground += static_cast<double>(k) * (before[k].power() + before[k + count].power());
    }
    if (rise > sudden * ground)
        return; // a beginning keeps its own phases
    const auto turnOf = [&](std::size_t k) {
        const auto bin = [&](std::size_t index) { return Complex{last[2 * index], last[2 * index + 1]}; };
        return unit(bin(k) * before[k].conjugate() + bin(k + count) * before[k + count].conjugate());
    };
    std::size_t done = 0, peak = 0;
    bool found = false;
    const auto rotate = [&](std::size_t end) {
        const Complex angle = turnOf(peak);
        for (; done < end; ++done) {
            now[done] = angle * now[done];
            now[done + count] = angle * now[done + count];
        }
    };
    for (std::size_t k = 0; k < count; ++k) {
        const double* around = &power[k + 2];
        if (!(around[0] > around[-1] && around[0] >= around[1] && around[0] > around[-2] && around[0] >= around[2]))
            continue;
        if (found) // the border is the lowest bin between two peaks
            rotate(static_cast<std::size_t>(std::min_element(power.begin() + static_cast<std::ptrdiff_t>(peak) + 2, power.begin() + static_cast<std::ptrdiff_t>(k) + 2) - power.begin()) - 2);
        peak = k;
        found = true;
    }
    if (found)
        rotate(count);
}

void TimeStretch::addFrame(const Spectrum& spectrum, double* left, double* right) const
{
    Spectrum both(static_cast<std::size_t>(m_size));
    for (int k = 0; k < bins(); ++k) {
        Complex a = spectrum[static_cast<std::size_t>(k)], b = spectrum[static_cast<std::size_t>(k + bins())];
        if (k == 0 || k == m_size / 2)
            a.im = b.im = 0.0; // of a real signal
        both[static_cast<std::size_t>(k)] = {a.re - b.im, a.im + b.re};
        both[static_cast<std::size_t>((m_size - k) % m_size)] = {a.re + b.im, b.re - a.im};
    }
    m_fourier.backward(both);
    for (int i = 0; i < m_size; ++i) {
        const double weight = m_window[static_cast<std::size_t>(i)] * (2.0 / 3.0); // the squares of four windows add up to 3/2
        left[i] += weight * both[static_cast<std::size_t>(i)].re;
        right[i] += weight * both[static_cast<std::size_t>(i)].im;
    }
}

Sound TimeStretch::run(const Sound& in, std::int64_t done, std::int64_t end, std::span<double> state) const
{
    CHECK(state.size() == stateNumbers());
    const std::int64_t first = done <= 0 ? firstFrame : framesUntil(done), last = framesUntil(end);
    const std::int64_t origin = (first - 1) * hop() - m_size / 2; // of the sums, in output samples: not after `done`
    const auto kept = static_cast<std::size_t>(m_size + hop());
    std::vector<double> sums[2];
    const std::span<double> spectrum = state.first(static_cast<std::size_t>(4 * bins()));
    for (std::size_t channel = 0; channel < 2; ++channel) {
        sums[channel].assign(kept + static_cast<std::size_t>((last - first) * hop()), 0.0);
        std::copy_n(state.begin() + static_cast<std::ptrdiff_t>(spectrum.size() + channel * kept), kept, sums[channel].begin());
    }
    for (std::int64_t frame = first; frame < last; ++frame) {
        Spectrum now = spectrumAt(in, centreOf(frame));
        if (frame > firstFrame && m_speed != 1.0)
            turn(spectrumAt(in, centreOf(frame) - hop()), now, spectrum);
        const auto at = static_cast<std::size_t>((frame - first + 1) * hop());
        addFrame(now, &sums[0][at], &sums[1][at]);
        for (std::size_t k = 0; k < now.size(); ++k) {
            spectrum[2 * k] = now[k].re;
            spectrum[2 * k + 1] = now[k].im;
        }
    }
    Sound out({done, end - done});
    for (std::size_t channel = 0; channel < 2; ++channel) {
        for (std::int64_t i = 0; i < end - done; ++i)
            out.channel(static_cast<int>(channel))[i] = static_cast<float>(sums[channel][static_cast<std::size_t>(done + i - origin)]);
        std::copy_n(sums[channel].begin() + static_cast<std::ptrdiff_t>((last - first) * hop()), kept, state.begin() + static_cast<std::ptrdiff_t>(spectrum.size() + channel * kept));
    }
    return out;
}

} // namespace artdag
