// SPDX-License-Identifier: GPL-3.0-or-later
// How far blocks of a picture moved from one frame to another: the whole-cell shift with the least difference of light,
// refined between cells. As good as a codec's motion search, which is what it stands in for; not optical flow.
#pragma once

#include "core/picture/cell_grid.h"
#include "core/picture/picture.h"

#include <vector>

namespace artdag {

/// Light of a picture (roughly as seen: its square root) on a grid of small cells.
class LightGrid {
public:
    LightGrid(const ConstPictureView& whole, const CellGrid& grid);
    [[nodiscard]] float at(int column, int row) const; ///< the border goes on
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int rows() const { return m_rows; }

private:
    int m_columns = 0, m_rows = 0;
    std::vector<float> m_light;
};

struct Motion {
    double x = 0.0, y = 0.0; ///< cells from the first frame to the second
};

/// For the cells of `block`; looks as far as `reach` cells. Where nothing is clearly better, it stands still.
Motion motionOf(const LightGrid& before, const LightGrid& after, const Rect& block, int reach);

} // namespace artdag
