// SPDX-License-Identifier: GPL-3.0-or-later
// Where something begins to sound, found in an onset curve.
#pragma once

#include "core/sound/onset_curve.h"

#include <vector>

namespace artdag {

struct Onset {
    double place = 0;    ///< hundredths of a second, with fractions
    double strength = 0; ///< 0–1: beside the strongest near it
};

/// Peaks of the curve at least `gap` hundredths apart; `sensitivity` is 0–1.
std::vector<Onset> findOnsets(const OnsetCurve& curve, double sensitivity, double gap);

/// 0–1: what of an onset curve stands out of its surroundings, beside what stands out most near it.
std::vector<double> evened(const std::vector<double>& strength);
/// 0–1: each value beside the greatest near it.
std::vector<double> besideStrongest(const std::vector<double>& values);
/// Where what has its peak of strength at `peak` began: a slow rise begins long before it.
double onsetTime(const std::vector<double>& strength, int peak);

} // namespace artdag
