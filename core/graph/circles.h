// SPDX-License-Identifier: GPL-3.0-or-later
// Puts sources before their users, and names the circles that forbid it. Knows indices only.
#pragma once

#include <vector>

namespace artdag {

struct SourceOrder {
    std::vector<int> order;                ///< sources first, else as numbered; without what is on or behind a circle
    std::vector<std::vector<int>> circles; ///< each way round once, a source before its user; at most 100
};

/// `sources[i]` are the indices that i needs; those out of range are ignored.
SourceOrder orderSources(const std::vector<std::vector<int>>& sources);

} // namespace artdag
