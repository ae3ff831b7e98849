// SPDX-License-Identifier: GPL-3.0-or-later
// Which x86-64 level the kernels run at: the best the machine has, or what ARTDAG_SIMD forces. All levels give equal bytes.
#pragma once

#include "core/base/result.h"

namespace artdag {

enum class SimdLevel {
    V2,
    V3,
    V4,
};

/// Reads ARTDAG_SIMD once, at the first call; BadInput for an unknown word, Unavailable for a level the machine lacks.
/// Programs call it first thing in main, so that later calls cannot fail.
Result<SimdLevel> simdLevel();
const char* nameOf(SimdLevel level); ///< "v2" …

struct RowKernels;
/// The table of one level, which the machine must have (tests compare the levels with it).
const RowKernels& rowKernelsOf(SimdLevel level);

} // namespace artdag
