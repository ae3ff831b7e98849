// SPDX-License-Identifier: GPL-3.0-or-later
// Escape-time fractals of z → z² + c in double: a window on the complex plane becomes grey tones. A tone depends on its
// point only, never on the part that is asked.
#pragma once

#include "core/picture/picture.h"

namespace artdag {

/// How an iteration count n becomes a position in the bands: n/16, √n/2 or log2(n + 1), each times density, plus offset.
enum class BandScale {
    Even,
    Root,
    Log,
};

struct FractalWindow {
    bool julia = false;        ///< z starts at the point and c is constant; else z starts at 0 and c is the point
    double cx = 0.0, cy = 0.0; ///< c of a julia set
    double x = 0.0, y = 0.0;   ///< the point in the middle, imaginary part up
    double span = 3.0;         ///< height of the picture in the plane
    double degrees = 0.0;      ///< turns the picture clockwise
    int limit = 256;           ///< steps, rounded up to a multiple of 8; what stays longer is inside
    BandScale scale = BandScale::Log;
    double density = 1.0; ///< bands: tones go from 0 to 1 and back once for each
    double offset = 0.0;
    double inside = 0.0; ///< display tone of what stays
    int samples = 1;     ///< n × n points a pixel, averaged in linear light
};

/// Writes opaque grey, linear light. `width` and `height` are those of the whole picture.
void drawFractal(const FractalWindow& window, int width, int height, PictureView out);

} // namespace artdag
