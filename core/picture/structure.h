// SPDX-License-Identifier: GPL-3.0-or-later
// Where a picture's colours change, how much and in which direction: derivatives of all channels together (S. Di Zenzo, "A Note
// on the Gradient of a Multi-Image", 1986), so that edges between colours of one brightness are found too.
#pragma once

#include "core/picture/picture.h"

namespace artdag {

/// A smoothing of 3 samples across a derivative: side, centre, side; their sum is 1.
struct EdgeOperator {
    float side = 3.0F / 16, centre = 10.0F / 16; ///< Scharr's, the roundest of 3 × 3
};
inline constexpr EdgeOperator scharr{};
inline constexpr EdgeOperator sobel{0.25F, 0.5F};
inline constexpr EdgeOperator prewitt{1.0F / 3, 1.0F / 3};

/// Planes 0–2 of `out` become Σ w·gx², Σ w·gx·gy, Σ w·gy² over red, green, blue and alpha (weights 0.3, 0.59, 0.11, 1), in
/// display units a px; plane 3 becomes 1. `in` is display, premultiplied, and covers out.rect.grown(1).
void structureOf(ConstPictureView in, PictureView out, const EdgeOperator& shape = scharr);
/// √Σ w·Δ² of the Laplacian [1 4 1; 4 −20 4; 1 4 1] / 6 into plane 0 of `out`. `in` as above.
void laplacianOf(ConstPictureView in, PictureView out);

} // namespace artdag
