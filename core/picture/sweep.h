// SPDX-License-Identifier: GPL-3.0-or-later
// A picture as an even mean of mapped copies of itself, as a shutter sees what turns or comes nearer. Copies are as dense as
// the fastest corner needs them, and made as two or three means of means, so that the cost grows with the root of the way.
#pragma once

#include "core/picture/sample.h"

#include <vector>

namespace artdag {

/// Means that are made one after another; all maps lead from the output to the source.
struct Sweep {
    std::vector<std::vector<Affine>> means; ///< from the finest steps to the coarsest
    Edge edge = Edge::Clamp;
    int width = 0, height = 0; ///< of the picture

    [[nodiscard]] Rect reads(Rect out) const;
};

/// How a way is divided, whose fastest pixel goes `distance` px.
struct SweepSteps {
    int means = 2;
    int copies = 1; ///< in each mean
    explicit SweepSteps(double distance);
    /// Where on the way copy `index` of mean `mean` is, around 0: from −½ to ½ when all means are summed.
    [[nodiscard]] double at(int mean, int index) const;
};

/// `in` covers sweep.reads(out.rect) of the picture.
void sweep(const Sweep& sweep, ConstPictureView in, PictureView out);

} // namespace artdag
