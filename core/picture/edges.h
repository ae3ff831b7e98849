// SPDX-License-Identifier: GPL-3.0-or-later
// Which sample stands for one beyond the edge of a picture.
#pragma once

#include "core/picture/filter.h"

namespace artdag {

/// Index in [first, end) that is read for index i; first − 1 where nothing is (transparent black). end > first.
constexpr int sampleBeyond(int i, int first, int end, EdgeMode edges)
{
    if (i >= first && i < end)
        return i;
    switch (edges) {
    case EdgeMode::Clamp:
        return i < first ? first : end - 1;
    case EdgeMode::Mirror: {
        const int period = 2 * (end - first);
        int at = (i - first) % period;
        at = at < 0 ? at + period : at;
        return first + (at < end - first ? at : period - 1 - at);
    }
    case EdgeMode::Transparent:
        break;
    }
    return first - 1;
}

} // namespace artdag
