// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/onsets.h"

#include "core/sound/moving.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr int fps = OnsetCurve::perSecond;
constexpr double levelSeconds = 2.5; ///< to each side: what is loud here
constexpr double quietest = 0.02;    ///< of the strongest onset: below it nothing is evened
constexpr double meanSeconds = 0.5;  ///< to each side: what is noise here

} // namespace

std::vector<double> evened(const std::vector<double>& strength)
{
    const std::vector<double> mean = movingMean(strength, static_cast<int>(meanSeconds * fps));
    std::vector<double> out;
    for (std::size_t i = 0; i < strength.size(); ++i)
        out.push_back(std::max(strength[i] - mean[i], 0.0));
    const int side = static_cast<int>(levelSeconds * fps);
    const std::vector<double> level = movingMean(movingMost(out, side), side);
    const double least = out.empty() ? 0.0 : quietest * *std::ranges::max_element(out);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = level[i] > 0 ? std::min(out[i] / std::max(level[i], least), 1.0) : 0.0;
    return out;
}

std::vector<double> besideStrongest(const std::vector<double>& values)
{
    std::vector<double> out = movingMost(values, static_cast<int>(levelSeconds * fps));
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = out[i] > 0 ? values[i] / out[i] : 0.0;
    return out;
}

double onsetTime(const std::vector<double>& strength, int peak)
{
    constexpr double riseOfClick = 1.2; // hundredths of a second from a quarter of its height to a click, a little early for the sake of slower ones
    const auto at = [&](int i) { return i >= 0 && i < static_cast<int>(strength.size()) ? strength[static_cast<std::size_t>(i)] : 0.0; };
    const double low = 0.25 * at(peak);
    int below = peak;
    while (below > peak - 8 && at(below) > low)
        --below;
    if (at(below) > low)
        return peak;
    return below + (low - at(below)) / (at(below + 1) - at(below)) + riseOfClick;
}

std::vector<Onset> findOnsets(const OnsetCurve& curve, double sensitivity, double gap)
{
    // What a listener hears as a beginning is a good part of what sounds then; noise alone never is.
    const double leastShare = 0.04 + 0.64 * (1.0 - sensitivity) * (1.0 - sensitivity), leastStrength = 0.02 + 0.3 * (1.0 - sensitivity) * (1.0 - sensitivity);
    const std::vector<double> strength = evened(curve.strength), loudness = besideStrongest(curve.accent);
    std::vector<Onset> found;
    for (int i = 0; i < static_cast<int>(strength.size()); ++i) {
        const double here = strength[static_cast<std::size_t>(i)];
        if (here < leastStrength || here < mostAround(strength, i, 3) || mostAround(curve.share, i, 2) < leastShare)
            continue;
        const Onset onset{std::max(onsetTime(strength, i), 0.0), mostAround(loudness, i, 3)};
        if (found.empty() || onset.place - found.back().place >= std::max(gap, 1.0))
            found.push_back(onset);
        else if (onset.strength > found.back().strength)
            found.back() = onset;
    }
    return found;
}

} // namespace artdag
