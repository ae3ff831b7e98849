// SPDX-License-Identifier: GPL-3.0-or-later
// Plane projections (homographies), and pictures read through them: each output pixel is filtered over as much of the source as
// it covers there, so that what recedes does not flicker. Affine maps have sample.h.
#pragma once

#include "core/picture/sample.h"

#include <span>

namespace artdag {

/// (x, y) → (X / W, Y / W) with X = xx·x + xy·y + x0, Y = yx·x + yy·y + y0, W = wx·x + wy·y + w0. Where W ≤ 0 there is
/// nothing: that is behind the eye.
struct Projection {
    double xx = 1, xy = 0, x0 = 0;
    double yx = 0, yy = 1, y0 = 0;
    double wx = 0, wy = 0, w0 = 1;
};

struct ProjectedPoint {
    double x = 0, y = 0, w = 1;
};
ProjectedPoint projected(const Projection& map, double x, double y);

/// The rectangle (0, 0)–(width, height) onto four corners, clockwise from its top left (Heckbert 1989, §2.2.3). Corners that
/// fall onto one line, or cross over, give a map that sees nothing.
Projection rectangleToCorners(double width, double height, std::span<const ProjectedPoint, 4> corners);
/// The way back; W is positive for what `map` shows of the place (x, y).
Projection inverted(const Projection& map, double x, double y);

/// The part of the source that samplePerspective reads for `out`.
Rect perspectiveRegion(int width, int height, const Projection& toSource, Filter filter, Edge edge, Rect out);
/// out(p) = source at toSource(p), with the kernels and rules of sampleAffine, widened (at most 8 times) by what the map does
/// at each pixel. `from` holds at least perspectiveRegion(…, out.rect).
void samplePerspective(ConstPictureView from, int width, int height, const Projection& toSource, Filter filter, Edge edge, PictureView out);

} // namespace artdag
