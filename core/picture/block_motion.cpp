// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/block_motion.h"

#include <algorithm>
#include <cmath>

namespace artdag {

LightGrid::LightGrid(const ConstPictureView& whole, const CellGrid& grid)
{
    const Rect cells = grid.cellsOf(whole.rect);
    m_columns = cells.width();
    m_rows = cells.height();
    const CellMeans means(whole, grid, cells);
    m_light.reserve(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows));
    for (int row = cells.y0; row < cells.y1; ++row)
        for (int column = cells.x0; column < cells.x1; ++column) {
            const float* mean = means.at(column, row);
            m_light.push_back(std::sqrt(std::max(0.2126F * mean[red] + 0.7152F * mean[green] + 0.0722F * mean[blue], 0.0F)));
        }
}

float LightGrid::at(int column, int row) const
{
    column = std::clamp(column, 0, m_columns - 1);
    row = std::clamp(row, 0, m_rows - 1);
    return m_light[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(column)];
}

/// The block as it is afterwards, and what may lie behind it, laid out so that rows are compared at a stretch.
struct Search {
    int width, height, reach, stride;
    std::vector<float> now, old;

    Search(const LightGrid& before, const LightGrid& after, const Rect& block, int far)
        : width(block.width()),
          height(block.height()),
          reach(far),
          stride(block.width() + 2 * far)
    {
        for (int y = block.y0; y < block.y1; ++y)
            for (int x = block.x0; x < block.x1; ++x)
                now.push_back(after.at(x, y));
        for (int y = block.y0 - far; y < block.y1 + far; ++y)
            for (int x = block.x0 - far; x < block.x1 + far; ++x)
                old.push_back(before.at(x, y));
    }
    /// Mean difference when the block came from (−dx, −dy), with a little for the way, so that flat blocks stay.
    [[nodiscard]] float wrong(int dx, int dy) const
    {
        float sum = 0.0F;
        for (int y = 0; y < height; ++y) {
            const float* a = now.data() + static_cast<std::ptrdiff_t>(y) * width;
            const float* b = old.data() + static_cast<std::ptrdiff_t>(y + reach - dy) * stride + (reach - dx);
            for (int x = 0; x < width; ++x)
                sum += std::abs(a[x] - b[x]);
        }
        return sum / static_cast<float>(width * height) + 0.0012F * static_cast<float>(std::abs(dx) + std::abs(dy));
    }
};

namespace {

/// Where a parabola through three values at −1, 0, 1 is least; the middle one is the least of them.
double lowest(float left, float middle, float right)
{
    const double bend = static_cast<double>(left) - 2.0 * middle + right;
    return bend > 1e-9 ? std::clamp(0.5 * (static_cast<double>(left) - right) / bend, -0.5, 0.5) : 0.0;
}

} // namespace

Motion motionOf(const LightGrid& before, const LightGrid& after, const Rect& block, int reach)
{
    const Search search(before, after, block, reach);
    int bestX = 0, bestY = 0;
    float least = search.wrong(0, 0) * 0.9F; // anything else must be clearly better
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx)
            if (const float wrong = search.wrong(dx, dy); wrong < least)
                least = wrong, bestX = dx, bestY = dy;
    Motion motion{static_cast<double>(bestX), static_cast<double>(bestY)};
    if ((bestX != 0 || bestY != 0) && std::abs(bestX) < reach && std::abs(bestY) < reach) {
        const float middle = search.wrong(bestX, bestY);
        motion.x += lowest(search.wrong(bestX - 1, bestY), middle, search.wrong(bestX + 1, bestY));
        motion.y += lowest(search.wrong(bestX, bestY - 1), middle, search.wrong(bestX, bestY + 1));
    }
    return motion;
}

} // namespace artdag
