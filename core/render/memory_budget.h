// SPDX-License-Identifier: GPL-3.0-or-later
// How a run divides the memory that it may use: what one thread and one encoder cannot do without, then as many open
// encoders, waiting frames and kept pictures as there is room for.
#pragma once

#include "core/media/encode.h"
#include "core/plan/plan.h"

#include <cstddef>

namespace artdag {

struct MemoryShares {
    std::size_t still = 0;      ///< bytes of pictures that do not change, or are needed for several frames
    std::size_t waiting = 0;    ///< bytes of frames that wait for their chunk's encoder
    std::size_t openChunks = 1; ///< encoders at once
};

/// Half of this machine's memory.
std::size_t usualMemoryBudget();

/// `budget` in bytes. Unavailable when one chunk at a time does not fit: says how much would. The figures are estimates from
/// sizes: the system's own libraries and caches are not in them.
Result<MemoryShares> shareMemory(const Plan& plan, const EncodeProfile& profile, int threads, std::size_t budget);

} // namespace artdag
