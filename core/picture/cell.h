// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures shown in cells of a frame: what a wall of pictures is made of. Cells lie on whole pixels and do not overlap.
#pragma once

#include "core/picture/sample.h"

namespace artdag {

/// The part of a picture of `width` × `height` that `showInCell` reads for `out`.
Rect cellRegion(int width, int height, Rect cell, Fit fit, Filter filter, Rect out);
/// Writes what of `out` lies within the cell, transparent where the picture does not reach.
void showInCell(ConstPictureView from, int width, int height, Rect cell, Fit fit, Filter filter, PictureView out);
/// Puts a premultiplied linear colour under all that is there.
void putUnder(const float colour[4], PictureView out);

/// Edge k of `count` cells that share `length` px from `start` on, with `gap` px between them: where cell k begins, or ends.
int cellStart(int k, int count, double start, double length, double gap);
int cellEnd(int k, int count, double start, double length, double gap);

} // namespace artdag
