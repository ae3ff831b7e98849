// SPDX-License-Identifier: GPL-3.0-or-later
// A picture as a few large tiles, each the mean of its pixels: what is measured of films, at any size of theirs.
#pragma once

#include "core/picture/picture.h"

#include <vector>

namespace artdag {

struct Mosaic {
    int columns = 0, rows = 0;
    std::vector<float> planes[4]; ///< R, G, B, A, row by row

    [[nodiscard]] std::size_t tiles() const { return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows); }
};

/// Means of linear premultiplied pixels within `part` of the picture, in at most `columns` × `rows` tiles; a tile has a
/// pixel at least. `part` must not be empty and must lie within the picture. Where a glance will do, only every `step`-th row
/// of a tile is read, from its first.
Mosaic mosaicOf(ConstPictureView picture, Rect part, int columns, int rows, int step = 1);
/// As the eye sees it, over black: display values, and alpha as it is.
Mosaic overBlack(Mosaic linear);
/// Display values of what is there, whatever its alpha: black where alpha is 0.
Mosaic unveiled(Mosaic linear);
/// BT.709 luma of display values.
std::vector<float> lumaOf(const Mosaic& display);
/// The part of a picture around a centre, both as parts of its size (0–1), one pixel at least.
Rect partOf(int width, int height, double centreX, double centreY, double partWidth, double partHeight);

} // namespace artdag
