// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/pass_filter.h"

#include "core/base/exact_math.h"

namespace artdag {

namespace {

/// Q of stage `index` of a Butterworth filter of order 2·stages: 1/(2·sin((2·index + 1)·π/(4·stages))), the highest first.
double butterworthQ(int stages, int index)
{
    return 0.5 / exact::sin((2.0 * index + 1.0) * exact::pi / (4.0 * stages));
}

template <class Gentle, class Steep>
std::vector<Filter> stagesOf(Gentle gentle, Steep steep, double hertz, double resonance, int slope, double sampleRate)
{
    if (slope == 6)
        return {gentle(hertz, sampleRate)};
    std::vector<Filter> filters;
    for (int index = 0; index < slope / 12; ++index) {
        const double q = butterworthQ(slope / 12, index);
        filters.push_back(steep(hertz, index == 0 ? q * exact::pow(10.0, resonance / 20.0) : q, sampleRate));
    }
    return filters;
}

} // namespace

std::vector<Filter> lowPassStages(double hertz, double resonance, int slope, double sampleRate)
{
    return stagesOf(gentleLowPassFilter, lowPassFilter, hertz, resonance, slope, sampleRate);
}

std::vector<Filter> highPassStages(double hertz, double resonance, int slope, double sampleRate)
{
    return stagesOf(gentleHighPassFilter, highPassFilter, hertz, resonance, slope, sampleRate);
}

} // namespace artdag
