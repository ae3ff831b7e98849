// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/cell.h"

#include "core/base/exact_math.h"

namespace artdag {

namespace {

Affine toSource(int width, int height, Rect cell, Fit fit)
{
    return inverted(chained(fitted(width, height, cell.width(), cell.height(), fit), moved(cell.x0, cell.y0)));
}

/// Where there is neither rotation nor a whole shift, rows and columns do it, for any scale.
bool isPlain(const Affine& map)
{
    return map.xx == 1 && map.yy == 1;
}

int nearestWhole(double value)
{
    return static_cast<int>(exact::floor(value + 0.5));
}

} // namespace

Rect cellRegion(int width, int height, Rect cell, Fit fit, Filter filter, Rect out)
{
    const Rect part = out.clippedTo(cell);
    if (part.empty())
        return {};
    const Affine map = toSource(width, height, cell, fit);
    return isPlain(map) ? sampleRegion(width, height, map, filter, Edge::Transparent, part) : scaleRegion(width, height, map, filter, Edge::Transparent, part);
}

void showInCell(ConstPictureView from, int width, int height, Rect cell, Fit fit, Filter filter, PictureView out)
{
    const Rect part = out.rect.clippedTo(cell);
    if (part.empty())
        return;
    const Affine map = toSource(width, height, cell, fit);
    if (isPlain(map))
        sampleAffine(from, width, height, map, filter, Edge::Transparent, out.sub(part));
    else
        scale(from, width, height, map, filter, Edge::Transparent, out.sub(part));
}

void putUnder(const float colour[4], PictureView out)
{
    if (colour[alpha] <= 0)
        return;
    const int n = out.rect.width();
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* __restrict cover = out.row(alpha, y);
        for (int plane = 0; plane < 3; ++plane) {
            float* __restrict row = out.row(plane, y);
            const float value = colour[plane];
            for (int i = 0; i < n; ++i)
                row[i] = row[i] + value * (1.0F - cover[i]);
        }
        float* row = out.row(alpha, y);
        const float value = colour[alpha];
        for (int i = 0; i < n; ++i)
            row[i] = row[i] + value * (1.0F - row[i]);
    }
}

int cellStart(int k, int count, double start, double length, double gap)
{
    const double each = (length - gap * (count - 1)) / count;
    return nearestWhole(start + k * (each + gap));
}

int cellEnd(int k, int count, double start, double length, double gap)
{
    const double each = (length - gap * (count - 1)) / count;
    return nearestWhole(start + k * (each + gap) + each);
}

} // namespace artdag
