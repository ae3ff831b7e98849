// SPDX-License-Identifier: GPL-3.0-or-later
// The normalised square difference of McLeod and Wyvill ("A smarter way to find pitch", 2005) gives candidates for each
// window; a search over time chooses among them, as probabilistic YIN does (Mauch and Dixon 2014), so that single windows
// do not jump by an octave.
#include "core/sound/pitch.h"

#include "core/base/exact_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr std::size_t mostCandidates = 8;
constexpr double jumpCost = 0.6;    ///< for an octave from one window to the next
constexpr double switchCost = 0.2;  ///< from silence to a pitch and back
constexpr double octaveCost = 0.02; ///< an octave lower must be that much clearer: twice a period is also a period
constexpr double silence = 1e-10;   ///< mean square: −100 dB

double cost(const Pitch& from, const Pitch& to)
{
    if (from.hertz <= 0 || to.hertz <= 0)
        return from.hertz <= 0 && to.hertz <= 0 ? 0.0 : switchCost;
    return jumpCost * std::fabs(exact::log2(to.hertz / from.hertz));
}

} // namespace

PitchListener::PitchListener(int sampleRate, double lowest, double highest)
    : m_sampleRate(sampleRate),
      m_size(2 * static_cast<int>(sampleRate / lowest + 2.0)),
      m_shortest(std::max(2, static_cast<int>(sampleRate / highest))),
      m_longest(static_cast<int>(sampleRate / lowest + 1.0)),
      m_spectrum(spectrumSize(m_size + m_longest + 2.0)),
      m_padded(static_cast<std::size_t>(m_spectrum.size())),
      m_products(static_cast<std::size_t>(m_longest + 2))
{
}

void PitchListener::hear(std::span<const double> samples)
{
    std::copy(samples.begin(), samples.end(), m_padded.begin());
    m_spectrum.autocorrelation(m_padded, m_products);
    std::vector<Pitch>& found = m_candidates.emplace_back();
    double squares = 2.0 * m_products[0]; // of both overlapping parts
    if (m_products[0] < silence * m_size)
        return;
    std::vector<double> likeness{1.0};
    for (std::size_t lag = 1; lag < m_products.size(); ++lag) {
        const double a = samples[lag - 1], b = samples[samples.size() - lag];
        squares -= a * a + b * b;
        likeness.push_back(squares > 1e-12 * m_products[0] ? 2.0 * m_products[lag] / squares : 0.0);
    }
    for (std::size_t lag = static_cast<std::size_t>(m_shortest); lag + 1 < likeness.size(); ++lag) {
        const double before = likeness[lag - 1], here = likeness[lag], after = likeness[lag + 1];
        if (here <= 0.1 || here < before || here <= after)
            continue;
        const double bend = before - 2.0 * here + after, shift = bend < 0 ? 0.5 * (before - after) / bend : 0.0;
        found.push_back({m_sampleRate / (static_cast<double>(lag) + shift), std::min(here - 0.25 * (before - after) * shift, 1.0)});
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &Pitch::clarity);
    const double clearest = found.empty() ? 0.0 : found.front().clarity;
    if (found.size() > mostCandidates) { // of equally clear ones the highest is the pitch, the others are its multiples
        std::ranges::stable_sort(found, std::ranges::greater{}, [&](const Pitch& pitch) { return pitch.clarity > 0.9 * clearest ? pitch.hertz : -1.0; });
        found.resize(mostCandidates);
    }
}

std::vector<Pitch> PitchListener::course(double least) const
{
    std::vector<std::vector<int>> came;
    std::vector<double> scores{0.0};
    std::vector<Pitch> before{{}};
    std::vector<std::vector<Pitch>> states;
    for (const std::vector<Pitch>& candidates : m_candidates) {
        std::vector<Pitch> now{{}};
        now.insert(now.end(), candidates.begin(), candidates.end());
        std::vector<double> next;
        std::vector<int> from;
        for (const Pitch& pitch : now) {
            double best = -1e300;
            int choice = 0;
            for (std::size_t i = 0; i < before.size(); ++i)
                if (const double score = scores[i] - cost(before[i], pitch); score > best) {
                    best = score;
                    choice = static_cast<int>(i);
                }
            next.push_back(best + (pitch.hertz <= 0 ? least : pitch.clarity + octaveCost * exact::log2(pitch.hertz * m_longest / m_sampleRate)));
            from.push_back(choice);
        }
        came.push_back(std::move(from));
        scores = std::move(next);
        before = now;
        states.push_back(std::move(now));
    }
    std::vector<Pitch> course(states.size());
    auto state = static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
    for (std::size_t i = states.size(); i-- > 0;) {
        course[i] = states[i][state];
        state = static_cast<std::size_t>(came[i][state]);
    }
    return course;
}

} // namespace artdag
