// SPDX-License-Identifier: GPL-3.0-or-later
// A part of a picture with what lies beyond its edge written out, so that the inner loops of filters need not ask where they
// are; and sums of such rows. The result depends on absolute coordinates only.
#pragma once

#include "core/picture/filter.h"
#include "core/picture/picture.h"

#include <vector>

namespace artdag {

/// `rect` of a picture, four planes. `in.rect` covers rect clipped to the picture: where it ends before that, there the
/// picture's edge is.
Picture extended(ConstPictureView in, Rect rect, EdgeMode edges);

/// One place that a filter reads, from where the pixel is, and what it weighs.
struct Tap {
    int x = 0, y = 0;
    float weight = 0;
};
/// The part of the input that taps read for `out`.
Rect tapRegion(const std::vector<Tap>& taps, Rect out);
/// out(p) = Σ in(p + tap) · weight, in the order of the taps. `in` covers tapRegion(taps, out.rect). Planes first to last.
void sumTaps(const std::vector<Tap>& taps, ConstPictureView in, PictureView out, int firstPlane = red, int lastPlane = alpha);

/// Red, green and blue as BT.709 weighs them, into one plane of `out`.
void brightnessPlane(ConstPictureView display, PictureView out, int plane);

/// Alpha within 1e-5 of 1, or above, becomes 1: what was opaque stays so after sums whose weights add up to almost 1.
void settleAlpha(PictureView picture);

} // namespace artdag
