// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/cell_grid.h"

#include "core/base/exact_math.h"

#include <algorithm>

namespace artdag {

namespace {

int rounded(double value)
{
    return static_cast<int>(exact::floor(value + 0.5));
}

/// The index whose border is the last one that is not beyond `place`.
int indexOf(int place, double size, double origin)
{
    int index = static_cast<int>(exact::floor((place + 0.5 - origin) / size));
    while (rounded(origin + size * index) > place)
        --index;
    while (rounded(origin + size * (index + 1)) <= place)
        ++index;
    return index;
}

} // namespace

int CellGrid::left(int column) const
{
    return rounded(x0 + width * column);
}

int CellGrid::top(int row) const
{
    return rounded(y0 + height * row);
}

int CellGrid::columnOf(int x) const
{
    return indexOf(x, width, x0);
}

int CellGrid::rowOf(int y) const
{
    return indexOf(y, height, y0);
}

Rect CellGrid::cellsOf(const Rect& part) const
{
    if (part.empty())
        return {};
    return {columnOf(part.x0), rowOf(part.y0), columnOf(part.x1 - 1) + 1, rowOf(part.y1 - 1) + 1};
}

Rect CellGrid::pixelsOf(const Rect& cells) const
{
    return {left(cells.x0), top(cells.y0), left(cells.x1), top(cells.y1)};
}

CellMeans::CellMeans(const ConstPictureView& in, const CellGrid& grid, const Rect& cells)
    : m_cells(cells),
      m_values(static_cast<std::size_t>(std::max(cells.width(), 0)) * static_cast<std::size_t>(std::max(cells.height(), 0)) * 4)
{
    std::vector<double> sums(static_cast<std::size_t>(in.rect.width()));
    for (int row = cells.y0; row < cells.y1; ++row) {
        const int y0 = std::max(grid.top(row), in.rect.y0), y1 = std::min(grid.top(row + 1), in.rect.y1);
        for (int plane = 0; plane < 4 && y0 < y1; ++plane) {
            if (plane == alpha && in.opaque) { // the mean of ones, without reading them
                for (int column = cells.x0; column < cells.x1; ++column)
                    if (std::max(grid.left(column), in.rect.x0) < std::min(grid.left(column + 1), in.rect.x1))
                        at(column, row)[plane] = 1.0F;
                continue;
            }
            std::fill(sums.begin(), sums.end(), 0.0);
            for (int y = y0; y < y1; ++y) { // down first: each column of pixels has its own sum, which vectorises
                const float* __restrict from = in.row(plane, y);
                double* __restrict to = sums.data();
                for (std::size_t i = 0; i < sums.size(); ++i)
                    to[i] += from[i];
            }
            for (int column = cells.x0; column < cells.x1; ++column) {
                const int x0 = std::max(grid.left(column), in.rect.x0), x1 = std::min(grid.left(column + 1), in.rect.x1);
                double sum = 0.0;
                for (int x = x0; x < x1; ++x)
                    sum += sums[static_cast<std::size_t>(x - in.rect.x0)];
                if (x0 < x1)
                    at(column, row)[plane] = static_cast<float>(sum / (static_cast<double>(x1 - x0) * (y1 - y0)));
            }
        }
    }
}

const float* CellMeans::at(int column, int row) const
{
    return m_values.data() + (static_cast<std::size_t>(row - m_cells.y0) * static_cast<std::size_t>(m_cells.width()) + static_cast<std::size_t>(column - m_cells.x0)) * 4;
}

float* CellMeans::at(int column, int row)
{
    return m_values.data() + (static_cast<std::size_t>(row - m_cells.y0) * static_cast<std::size_t>(m_cells.width()) + static_cast<std::size_t>(column - m_cells.x0)) * 4;
}

} // namespace artdag
