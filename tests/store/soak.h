// SPDX-License-Identifier: GPL-3.0-or-later
// How often the fault tests try: all of it under the label `soak` (ARTDAG_SOAK=1), the same first 2 % each time elsewhere.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace artdag {

inline bool isSoak()
{
    return std::getenv("ARTDAG_SOAK") != nullptr;
}

inline int trials(int full)
{
    return isSoak() ? full : std::max(1, full / 50);
}

} // namespace artdag
