// SPDX-License-Identifier: GPL-3.0-or-later
// "Did you mean": which of the known names a mistyped one is near to. Never decides anything, only suggests.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// Letters to insert, remove, replace or swap with the next to turn one name into the other (optimal string alignment);
/// `limit` + 1 when there are more than `limit`.
int editDistance(std::string_view a, std::string_view b, int limit);

/// The candidates within edit distance 3 (2 for names under 6 letters, 1 under 3), nearest first, then in their own order.
std::vector<std::string_view> similarNames(std::string_view name, std::span<const std::string_view> candidates);

/// `did you mean 'radius'?`, or the list of candidates when they are few and none is near, or nothing.
std::string didYouMean(std::string_view name, std::span<const std::string_view> candidates);

} // namespace artdag
