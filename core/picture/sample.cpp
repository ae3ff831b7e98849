// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/sample.h"

#include "core/picture/sampling.h"

#include <algorithm>

namespace artdag {

using sampling_detail::Sampling;

namespace {

/// Rows and columns do it faster and for any scale; where a border goes on for ever, the limit of 8 keeps that in hand.
bool isScaling(const Sampling& sampling)
{
    if (sampling.map.xy != 0 || sampling.map.yx != 0 || sampling.filter == Filter::Nearest)
        return false;
    if (sampling.filter == Filter::Bilinear && sampling.isSharp())
        return false;
    return sampling.edge == Edge::Transparent || sampling.isCovering();
}

bool isWhole(double value)
{
    return value > -1e8 && value < 1e8 && value == static_cast<double>(static_cast<int>(value));
}

/// Whole pixels, moved: every kernel gives them back as they are.
bool isShift(const Affine& map)
{
    return map.xx == 1 && map.yy == 1 && map.xy == 0 && map.yx == 0 && isWhole(map.x0) && isWhole(map.y0);
}

void copyShifted(ConstPictureView from, const Rect& whole, int dx, int dy, PictureView out)
{
    const Rect given = from.rect.clippedTo(whole);
    if (!given.movedBy(-dx, -dy).contains(out.rect) || given.empty())
        clear(out);
    if (!given.empty())
        copy(from.sub(given).movedBy(-dx, -dy), out);
}

} // namespace

Rect sampledPart(const Affine& toSource, Rect content, Rect out)
{
    const Affine toOut = inverted(toSource);
    if (toOut.determinant() == 0)
        return out;
    const Sampling sampling({}, 0, 0, toSource, Filter::Nearest, Edge::Transparent);
    constexpr double widestRadius = 3.0;
    const double reachX = widestRadius * std::max(sampling.stepX, 1.0) + sampling.stepX + 1, reachY = widestRadius * std::max(sampling.stepY, 1.0) + sampling.stepY + 1;
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const double u : {content.x0 - reachX, content.x1 + reachX})
        for (const double v : {content.y0 - reachY, content.y1 + reachY}) {
            x0 = std::min(x0, toOut.mapX(u, v));
            x1 = std::max(x1, toOut.mapX(u, v));
            y0 = std::min(y0, toOut.mapY(u, v));
            y1 = std::max(y1, toOut.mapY(u, v));
        }
    const auto whole = [](double value) { return static_cast<int>(std::floor(std::clamp(value, -1e8, 1e8))); };
    return Rect{whole(x0) - 1, whole(y0) - 1, whole(x1) + 2, whole(y1) + 2}.clippedTo(out);
}

Rect sampleRegion(int width, int height, const Affine& toSource, Filter filter, Edge edge, Rect out)
{
    const Sampling sampling({}, width, height, toSource, filter, edge);
    if (isScaling(sampling))
        return scaleRegion(width, height, toSource, sampling.filter, edge, out);
    const double radius = std::max(kernelRadius(sampling.filter), 1.0);
    return readRegion(width, height, toSource, radius * sampling.wideX + sampling.stepX / 2, radius * sampling.wideY + sampling.stepY / 2, edge, out);
}

void sampleAffine(ConstPictureView from, int width, int height, const Affine& toSource, Filter filter, Edge edge, PictureView out)
{
    const Rect whole{0, 0, width, height};
    if (isShift(toSource)) {
        const int dx = static_cast<int>(toSource.x0), dy = static_cast<int>(toSource.y0);
        const Rect wanted{out.rect.x0 + dx, out.rect.y0 + dy, out.rect.x1 + dx, out.rect.y1 + dy};
        if (edge == Edge::Transparent || whole.contains(wanted)) {
            copyShifted(from, whole, dx, dy, out);
            return;
        }
    }
    if (edge == Edge::Transparent && !from.content.empty())
        if (const Rect part = sampledPart(toSource, from.content, out.rect); part != out.rect) {
            clear(out);
            if (!part.empty()) {
                from.content = {};
                sampleAffine(from, width, height, toSource, filter, edge, out.sub(part));
            }
            return;
        }
    const Sampling sampling(from, width, height, toSource, filter, edge);
    if (isScaling(sampling))
        scale(from, width, height, toSource, sampling.filter, edge, out);
    else if (sampling.hasBlocks())
        sampleBlocks(sampling, out);
    else
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            sampleSlowly(sampling, y, out.rect.x0, out.rect.x1, out);
}

} // namespace artdag
