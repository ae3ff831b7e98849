// SPDX-License-Identifier: GPL-3.0-or-later
// Low and high passes of several slopes: Butterworth filters in stages of second order, the last of which may resonate.
#pragma once

#include "core/sound/filter.h"

namespace artdag {

inline constexpr int slopes[4] = {6, 12, 24, 48}; ///< dB an octave

std::vector<Filter> lowPassStages(double hertz, double resonance, int slope, double sampleRate);
std::vector<Filter> highPassStages(double hertz, double resonance, int slope, double sampleRate);

/// Runs all of `out` through the stages that `stagesAt(sample)` gives; `out` begins at a multiple of 64 samples. `states`
/// becomes as large as it must be.
template <class StagesAt>
void runPassFilter(StagesAt&& stagesAt, bool moves, const Sound& in, std::vector<double>& states, Sound& out)
{
    StereoBlock block = stereoOf(in, out.range());
    std::vector<Filter> from = stagesAt(out.range().first);
    states.resize(from.size() * filterNumbers);
    if (!moves)
        runFilters(from, states, block);
    for (std::size_t first = 0; moves && first < block.size(); first += controlStep) {
        const std::vector<Filter> to = stagesAt(out.range().first + static_cast<std::int64_t>(first) + controlStep);
        for (std::size_t stage = 0; stage < to.size(); ++stage)
            runFilter(from[stage], to[stage], std::span(states).subspan(stage * filterNumbers, filterNumbers), std::span(block).subspan(first, controlStep));
        from = to;
    }
    settle(states);
    writeStereo(block, out);
}

} // namespace artdag
