// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments that move while sound plays: asked at multiples of 64 samples of the output, straight lines between, so that
// the result of a sample never depends on the range that was asked for.
#pragma once

#include "core/sound/sound.h"

#include <vector>

namespace artdag {

inline constexpr std::int64_t controlStep = 64; ///< samples

/// The last multiple of controlStep ≤ sample.
constexpr std::int64_t controlFloor(std::int64_t sample)
{
    const std::int64_t rest = sample % controlStep;
    return sample - (rest < 0 ? rest + controlStep : rest);
}

/// One value for each sample of `range`; `at(sample)` gives the value at a control point. A constant comes back unchanged.
template <class At>
std::vector<double> automate(SampleRange range, At&& at)
{
    std::vector<double> values(static_cast<std::size_t>(range.count));
    for (std::int64_t start = controlFloor(range.first); start < range.end(); start += controlStep) {
        const double from = at(start);
        const double slope = (at(start + controlStep) - from) / static_cast<double>(controlStep);
        const std::int64_t first = start < range.first ? range.first : start;
        const std::int64_t end = start + controlStep < range.end() ? start + controlStep : range.end();
        for (std::int64_t sample = first; sample < end; ++sample)
            values[static_cast<std::size_t>(sample - range.first)] = from + slope * static_cast<double>(sample - start);
    }
    return values;
}

} // namespace artdag
