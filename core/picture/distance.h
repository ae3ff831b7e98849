// SPDX-License-Identifier: GPL-3.0-or-later
// How far each pixel is from a soft-edged shape: exact Euclidean distances to the nearest pixel that is at least half covered,
// corrected by its coverage, so that a smooth edge gives smooth distances. Any part is the crop of the whole.
#pragma once

#include "core/picture/outline.h"

namespace artdag {

inline constexpr int mostDistance = 350; ///< px

/// Distance in px from the centre of each pixel of `rect` to the shape's edge; between −½ and 0 within the shape, reach + 1
/// where it is farther than `reach`. `cover` (0–1) holds at least rect.grown(reach).
Mask distanceTo(const Mask& cover, int reach, Rect rect);

} // namespace artdag
