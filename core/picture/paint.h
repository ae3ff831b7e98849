// SPDX-License-Identifier: GPL-3.0-or-later
// A picture as brush strokes along its own flow: the anisotropic Kuwahara filter (see kernels_paint.cpp), whose brush is long
// and narrow where the picture runs one way and round where it does not, and the traces that the brush's bristles leave.
#pragma once

#include "core/picture/picture.h"

#include <cstdint>

namespace artdag {

struct Brush {
    double radius = 8;     ///< px
    double stretch = 1;    ///< how much longer and narrower it gets at most: 1 + stretch
    double hardness = 4e3; ///< how strongly calm parts are preferred: what variances are multiplied by
    double detail = 0.5;   ///< 0–1: how much smaller it gets where the picture is busy
    double flow = 4;       ///< px over which directions are smoothed
    double bristle = 2;    ///< px of a trace
    std::uint64_t seed = 0;
};

/// How far paint() reads around what it writes.
int paintReach(const Brush& brush);
/// Display, straight alpha. Planes 0–2 of `out` become the painted colours, plane 3 the height of the traces (mean 0, deviation
/// 1). `in` covers out.rect.grown(paintReach(brush)), clipped to the picture.
void paint(const Brush& brush, ConstPictureView in, PictureView out);

} // namespace artdag
