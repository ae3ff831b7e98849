// SPDX-License-Identifier: GPL-3.0-or-later
// Patterns of thresholds that repeat over a plane: each value 0–1 comes equally often.
#pragma once

namespace artdag {

/// Bayer's ordered matrix of `size` = 2, 4 or 8: (rank + ½) ÷ size².
float bayer(int x, int y, int size);

/// Blue noise of 64 × 64, no clusters and no pattern: void and cluster (Ulichney 1993).
float blueNoise(int x, int y);

} // namespace artdag
