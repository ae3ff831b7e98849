// SPDX-License-Identifier: GPL-3.0-or-later
// Means and peaks of what lies around each value of a row, in a time that does not grow with how much that is.
#pragma once

#include <vector>

namespace artdag {

/// Of `side` values to each side, fewer at the ends.
std::vector<double> movingMean(const std::vector<double>& values, int side);
std::vector<double> movingMost(const std::vector<double>& values, int side);
/// The greatest of the values at most `side` from a place, 0 where there is none.
double mostAround(const std::vector<double>& values, double place, int side);

} // namespace artdag
