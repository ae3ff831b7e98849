// SPDX-License-Identifier: GPL-3.0-or-later
// A grid of equal cells over a picture, their borders rounded to whole pixels, and the mean colour of each cell. What a cell
// is depends on the grid alone, never on the part that is asked.
#pragma once

#include "core/picture/picture.h"

#include <vector>

namespace artdag {

struct CellGrid {
    double width = 1.0, height = 1.0; ///< px of a cell, at least 1
    double x0 = 0.0, y0 = 0.0;        ///< px: a corner of cell 0, 0

    [[nodiscard]] int left(int column) const;
    [[nodiscard]] int top(int row) const;
    [[nodiscard]] int columnOf(int x) const; ///< the column whose pixels include x
    [[nodiscard]] int rowOf(int y) const;
    /// The columns and rows that a part of the picture touches.
    [[nodiscard]] Rect cellsOf(const Rect& part) const;
    /// The pixels of some cells.
    [[nodiscard]] Rect pixelsOf(const Rect& cells) const;
    [[nodiscard]] Rect pixelsOf(int column, int row) const { return pixelsOf({column, row, column + 1, row + 1}); }
};

/// Means of the pixels in each cell that lie in `in`, which holds every pixel of the picture in those cells.
class CellMeans {
public:
    CellMeans(const ConstPictureView& in, const CellGrid& grid, const Rect& cells);
    /// Four numbers, R G B A.
    [[nodiscard]] const float* at(int column, int row) const;
    [[nodiscard]] float* at(int column, int row);
    [[nodiscard]] const Rect& cells() const { return m_cells; }

private:
    Rect m_cells;
    std::vector<float> m_values;
};

} // namespace artdag
