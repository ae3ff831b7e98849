// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"

#include <cmath>

namespace artdag {

std::int64_t framesOfSeconds(double seconds, Rate rate)
{
    // The division is last, so that 1.5 s at 30000/1001 does not lose its tie to a rounded rate.
    return static_cast<std::int64_t>(std::floor(seconds * static_cast<double>(rate.numerator) / static_cast<double>(rate.denominator) + 0.5));
}

Flicks flicksOfSeconds(double seconds)
{
    return static_cast<Flicks>(std::floor(seconds * static_cast<double>(flicksPerSecond) + 0.5));
}

} // namespace artdag
