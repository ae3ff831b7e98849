// SPDX-License-Identifier: GPL-3.0-or-later
// Gaussian and box blur on float planes, and what is read beyond the edge of a picture. The result for a pixel depends
// only on absolute coordinates and the pixels in reach: never on the tile asked for, the threads or the SIMD level.
#pragma once

#include "core/picture/picture.h"

namespace artdag {

/// What lies beyond a picture's edge: its nearest pixel, its mirror image (edge pixel repeated), or transparent black.
enum class EdgeMode {
    Clamp,
    Mirror,
    Transparent,
};

/// How far gaussianBlur reaches, in pixels; 0 for sigma ≤ 0.05.
int gaussianRadius(double sigma);

/// Gaussian of standard deviations in px along each axis, 0–400; within 1/255 of the sampled gaussian for content in [0, 1].
/// `in.rect` covers out.rect grown by gaussianRadius(sigmaX) and (sigmaY), clipped to the picture: where it ends before
/// that, there the picture's edge is. `in` and `out` must not overlap. All four planes (premultiplied pictures), or the first few.
void gaussianBlur(ConstPictureView in, PictureView out, double sigmaX, double sigmaY, EdgeMode edges, int planes = 4);

/// Mean over (2·radius + 1) px along each axis, radius as a real number (the outermost pixels weigh its fraction).
/// `in.rect` covers out.rect grown by ceil(radius), as above.
void boxBlur(ConstPictureView in, PictureView out, double radiusX, double radiusY, EdgeMode edges);

} // namespace artdag
