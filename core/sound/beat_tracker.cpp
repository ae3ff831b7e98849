// SPDX-License-Identifier: GPL-3.0-or-later
// The best of all rows of beats, by dynamic programming over the time of a beat and the period before it: what a hidden
// Markov model of place and tempo gives (Whiteley, Cemgil, Godsill 2006; Krebs, Böck, Widmer 2015), since between beats
// nothing is decided. Which of two metrical levels is tapped is then told by accents.
#include "core/sound/beat_tracker.h"

#include "core/base/exact_math.h"
#include "core/sound/moving.h"
#include "core/sound/onsets.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace artdag {

namespace {

constexpr int fps = OnsetCurve::perSecond;
constexpr double perBeat = 2.7;      ///< what a beat is worth where an onset is as likely as not
constexpr double weakBeat = 0.56;    ///< of a strong one: it is an off-beat
constexpr double stiffness = 2500.0; ///< against a change of period, by the square of its ratio

struct Periods {
    int least, most; ///< hundredths of a second
    [[nodiscard]] int count() const { return most - least + 1; }
};

/// The search for the best row of beats, a hundredth of a second after another.
class RowSearch {
public:
    RowSearch(std::size_t frames, const Periods& periods)
        : m_periods(periods),
          m_onward(static_cast<std::size_t>(periods.most + 1) * width()),
          m_here(width()),
          m_came(frames * width()),
          m_starts(frames * width())
    {
    }

    /// `worth`: of a beat at this frame, which is the next one.
    void step(int frame, double worth)
    {
        for (int p = 0; p < m_periods.count(); ++p) {
            const int before = frame - m_periods.least - p;
            const double past = before >= 0 ? m_onward[kept(before, p)] : 0.0;
            m_starts[at(frame, p)] = past <= 0.0 ? 1 : 0;
            double& here = m_here[static_cast<std::size_t>(p)];
            here = worth + std::max(past, 0.0);
            if (here > m_best) {
                m_best = here;
                m_last = frame;
                m_period = p;
            }
        }
        for (int p = 0; p < m_periods.count(); ++p)
            goOn(frame, p);
    }

    [[nodiscard]] std::vector<double> best() const
    {
        std::vector<double> row;
        for (int frame = m_last, p = m_period; frame >= 0;) {
            row.push_back(frame);
            if (m_starts[at(frame, p)] != 0)
                break;
            frame -= m_periods.least + p;
            p = m_came[at(frame, p)];
        }
        std::ranges::reverse(row);
        return row;
    }

private:
    [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(m_periods.count()); }
    [[nodiscard]] std::size_t at(int frame, int p) const { return static_cast<std::size_t>(frame) * width() + static_cast<std::size_t>(p); }
    [[nodiscard]] std::size_t kept(int frame, int p) const { return at(frame % (m_periods.most + 1), p); }

    /// The best row that ends at this frame when the next period is p, and the period it came with.
    void goOn(int frame, int p)
    {
        const double period = m_periods.least + p;
        const int reach = static_cast<int>(period * 0.12) + 1;
        double most = -1e300;
        int from = p;
        for (int q = std::max(p - reach, 0); q <= std::min(p + reach, m_periods.count() - 1); ++q) {
            const double change = (p - q) / period;
            const double value = m_here[static_cast<std::size_t>(q)] - stiffness * change * change;
            if (value > most) {
                most = value;
                from = q;
            }
        }
        m_onward[kept(frame, p)] = most;
        m_came[at(frame, p)] = static_cast<std::uint16_t>(from);
    }

    Periods m_periods;
    std::vector<double> m_onward;       ///< by frame modulo the longest period
    std::vector<double> m_here;         ///< by the period before
    std::vector<std::uint16_t> m_came;  ///< the period before this beat, where the next one is p
    std::vector<std::uint8_t> m_starts; ///< a beat whose period before would be p is better the first
    double m_best = 0;
    int m_last = -1, m_period = 0;
};

/// What beats of a row are told apart by: mostly loudness; a little that of the bass and of the rest, each beside its own,
/// so that a snare counts beside a louder kick.
std::vector<double> accentsOf(const OnsetCurve& curve)
{
    std::vector<double> rest;
    for (std::size_t i = 0; i < curve.accent.size(); ++i)
        rest.push_back(curve.accent[i] - curve.bass[i]);
    std::vector<double> accents = besideStrongest(curve.accent);
    const std::vector<double> low = besideStrongest(curve.bass), high = besideStrongest(rest);
    for (std::size_t i = 0; i < accents.size(); ++i)
        accents[i] = 0.75 * accents[i] + 0.25 * std::max(low[i], high[i]);
    return accents;
}

using Row = std::vector<double>; ///< of beats, in hundredths of a second

/// Mean accent of every `step`-th beat from `first`, or of what lies a part of a period later.
double meanAccent(const std::vector<double>& accents, const Row& row, std::size_t first, std::size_t step, double later = 0.0)
{
    double sum = 0.0;
    int count = 0;
    for (std::size_t i = first; i + 1 < row.size(); i += step, ++count)
        sum += mostAround(accents, row[i] + later * (row[i + 1] - row[i]), 3);
    return count > 0 ? sum / count : 0.0;
}

/// Between two beats where the off-beats are the stronger ones.
Row shifted(const Row& row)
{
    Row out;
    for (std::size_t i = 0; i + 1 < row.size(); ++i)
        out.push_back(0.5 * (row[i] + row[i + 1]));
    if (row.size() > 1 && 1.5 * row[0] >= 0.5 * row[1])
        out.insert(out.begin(), 1.5 * row[0] - 0.5 * row[1]);
    return out;
}

/// Without beats at its ends that nobody plays, or that are no beats beside the others: the hiss with which a sound begins.
Row heard(Row row, const std::vector<double>& strength, const std::vector<double>& loudness)
{
    std::vector<double> loud;
    for (const double place : row)
        loud.push_back(mostAround(loudness, place, 3));
    if (row.empty())
        return row;
    std::ranges::nth_element(loud, loud.begin() + static_cast<std::ptrdiff_t>(loud.size() / 2));
    const double least = 0.25 * loud[loud.size() / 2];
    const auto silent = [&](double place) { return mostAround(strength, place, 3) < 0.15 || mostAround(loudness, place, 3) < least; };
    while (!row.empty() && silent(row.back()))
        row.pop_back();
    row.erase(row.begin(), std::ranges::find_if_not(row, silent));
    return row;
}

/// The level of the metre that is tapped: of beats that are strong and weak by turns only the strong ones.
Row tapped(Row row, const std::vector<double>& accents, double slowest)
{
    if (meanAccent(accents, row, 0, 1, 0.5) > 1.1 * meanAccent(accents, row, 0, 1))
        row = shifted(row);
    while (row.size() > 5) {
        const double even = meanAccent(accents, row, 0, 2), odd = meanAccent(accents, row, 1, 2);
        const double tempo = 60.0 * fps * static_cast<double>(row.size() - 1) / (row.back() - row.front());
        if (tempo / 2 < 0.97 * slowest || std::min(even, odd) > weakBeat * std::max(even, odd))
            break;
        Row strong;
        for (std::size_t i = even >= odd ? 0 : 1; i < row.size(); i += 2)
            strong.push_back(row[i]);
        row = std::move(strong);
    }
    return row;
}

/// How much more of all that begins lies at the beats, and at even parts of them, than by chance: the best of 1 … 4 parts.
double explained(const std::vector<double>& strength, const Row& row)
{
    const double total = std::accumulate(strength.begin(), strength.end(), 0.0);
    double best = 0.0;
    for (int parts = 1; parts <= 4 && total > 0; ++parts) {
        std::vector<bool> near(strength.size());
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            for (int part = 0; part < parts; ++part) {
                const auto middle = static_cast<int>(row[i] + part * (row[i + 1] - row[i]) / parts + 0.5);
                for (int place = std::max(middle - 2, 0); place <= std::min(middle + 2, static_cast<int>(near.size()) - 1); ++place)
                    near[static_cast<std::size_t>(place)] = true;
            }
        double hit = 0.0, chance = 0.0;
        for (std::size_t i = 0; i < near.size(); ++i) {
            hit += near[i] ? strength[i] / total : 0.0;
            chance += near[i] ? 1.0 / static_cast<double>(near.size()) : 0.0;
        }
        if (parts == 1 || chance < 0.5) // nearly everything is near a fine grid
            best = std::max(best, (hit - chance) / std::max(1.0 - chance, 0.1));
    }
    return best;
}

/// Beats a minute around beat i: the slope of the line through the beats near it.
double tempoAt(const Row& row, std::size_t i)
{
    const std::size_t first = i < 3 ? 0 : i - 3, end = std::min(i + 4, row.size());
    const double middle = 0.5 * static_cast<double>(first + end - 1);
    double product = 0.0, square = 0.0;
    for (std::size_t k = first; k < end; ++k) {
        const double away = static_cast<double>(k) - middle;
        product += away * row[k];
        square += away * away;
    }
    return product > 0 ? 60.0 * fps * square / product : 0.0;
}

struct Bars {
    int length = 0;
    std::size_t first = 0;
    double sure = 0.0;
};

/// How far the accents of every `length`-th beat of `accents` stand above the others, in standard errors (Welch's t, with a
/// floor under the spread); the best first beat.
Bars barsOf(const std::vector<double>& accents, int length)
{
    Bars best{length, 0, -1e300};
    for (std::size_t first = 0; first < static_cast<std::size_t>(length); ++first) {
        double sum[2] = {}, square[2] = {}, count[2] = {};
        for (std::size_t i = 0; i < accents.size(); ++i) {
            const int other = (i % static_cast<std::size_t>(length)) == first ? 0 : 1;
            sum[other] += accents[i];
            square[other] += accents[i] * accents[i];
            count[other] += 1.0;
        }
        if (count[0] < 2 || count[1] < 2)
            continue;
        double error = 0.0;
        for (int group = 0; group < 2; ++group)
            error += (square[group] / count[group] - sum[group] * sum[group] / (count[group] * count[group]) + 0.002) / count[group];
        const double sure = (sum[0] / count[0] - sum[1] / count[1]) / std::sqrt(error);
        if (sure > best.sure)
            best = {length, first, sure};
    }
    return best;
}

/// The bar that accents tell of: of two, three, five or seven beats; of four where every second strong beat is stronger.
Bars findBars(const std::vector<double>& accents, int asked)
{
    if (asked > 0)
        return asked == 1 ? Bars{1, 0, 0} : barsOf(accents, asked);
    Bars best;
    for (const int length : {2, 3, 4, 5, 7}) {
        const Bars found = barsOf(accents, length);
        if (found.sure > std::max(best.sure, 4.0))
            best = found;
    }
    if (best.length != 2)
        return best;
    std::vector<double> strong;
    for (std::size_t i = best.first; i < accents.size(); i += 2)
        strong.push_back(accents[i]);
    const Bars longer = barsOf(strong, 2);
    return longer.sure > 2.5 ? Bars{4, best.first + 2 * longer.first, longer.sure} : best;
}

/// Where near a beat something begins; where nothing does, the grid is all there is.
double playedAt(const std::vector<double>& strength, double place)
{
    auto peak = static_cast<int>(place + 0.5);
    for (int i = std::max(peak - 3, 0); i <= std::min(static_cast<int>(place + 0.5) + 3, static_cast<int>(strength.size()) - 1); ++i)
        peak = strength[static_cast<std::size_t>(i)] > strength[static_cast<std::size_t>(peak)] ? i : peak;
    return strength[static_cast<std::size_t>(peak)] > 0.1 ? std::max(onsetTime(strength, peak), 0.0) : place;
}

void describe(const Row& row, const OnsetCurve& curve, const BeatQuestion& question, BeatAnswer& answer)
{
    const std::vector<double> strength = evened(curve.strength), accents = accentsOf(curve), bass = besideStrongest(curve.bass);
    std::vector<double> forBars;
    Row played;
    for (const double place : row) {
        answer.beats.push_back({.strength = std::clamp(mostAround(accents, place, 3), 0.0, 1.0)});
        forBars.push_back(answer.beats.back().strength + 0.5 * mostAround(bass, place, 3));
        const double at = playedAt(strength, place);
        played.push_back(played.empty() ? at : std::max(at, played.back() + 1.0));
    }
    const Bars bars = findBars(forBars, question.beatsInBar);
    answer.beatsInBar = bars.length;
    for (std::size_t i = 0; i < row.size(); ++i) {
        Beat& beat = answer.beats[i];
        beat.time = played[i] / fps;
        beat.tempo = tempoAt(played, i);
        beat.first = bars.length > 0 && i % static_cast<std::size_t>(bars.length) == bars.first % static_cast<std::size_t>(bars.length);
    }
}

} // namespace

BeatAnswer trackBeats(const OnsetCurve& curve, const BeatQuestion& question)
{
    const std::vector<double> strength = evened(curve.strength), accents = accentsOf(curve);
    RowSearch search(strength.size(), {static_cast<int>(60.0 * fps / question.fastest), static_cast<int>(60.0 * fps / question.slowest + 0.999)});
    for (std::size_t i = 0; i < strength.size(); ++i) {
        const double likely = 0.02 + 0.96 * strength[i];
        search.step(static_cast<int>(i), exact::log(likely / (1.0 - likely)) + perBeat);
    }
    const Row row = heard(tapped(search.best(), accents, question.slowest), strength, curve.accent);
    BeatAnswer answer;
    answer.confidence = row.size() < 4 ? 0.0 : std::clamp(explained(strength, row), 0.0, 1.0);
    if (row.size() >= 4 && answer.confidence >= question.leastConfidence)
        describe(row, curve, question, answer);
    return answer;
}

} // namespace artdag
