// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/rows.h"
#include "core/picture/sampling.h"

#include <algorithm>

namespace artdag::sampling_detail {

namespace {

/// The samples that each pixel sums: how far they begin before its place, and how many.
struct TapBlock {
    double reachX, reachY;
    int across, down;
};
constexpr TapBlock sharpTaps{1, 1, 2, 2};
TapBlock wideTaps(const Sampling& sampling)
{
    const double reachX = sampling.table->radius * sampling.wideX, reachY = sampling.table->radius * sampling.wideY;
    return {reachX, reachY, (static_cast<int>(std::ceil(2 * reachX)) + 3) / 4 * 4, static_cast<int>(std::ceil(2 * reachY))};
}

/// The pixels of a row whose taps lie in both the picture and what we were given: an interval, for floor(a·x + b) grows or
/// falls all along.
struct Interior {
    int first = 0, end = 0;
};
Interior interiorOf(const Sampling& sampling, const TapBlock& taps, int y, int x0, int x1)
{
    const Rect given = sampling.from.rect.clippedTo({0, 0, sampling.width, sampling.height});
    const double left = given.x0 - 1 + taps.reachX, right = given.x1 - taps.across + taps.reachX;
    const double top = given.y0 - 1 + taps.reachY, bottom = given.y1 - taps.down + taps.reachY;
    auto inside = [&](int x) {
        const double u = sampling.map.mapX(x + 0.5, y + 0.5) - 0.5 - taps.reachX;
        const double v = sampling.map.mapY(x + 0.5, y + 0.5) - 0.5 - taps.reachY;
        return u >= given.x0 - 1 && u < given.x1 - taps.across && v >= given.y0 - 1 && v < given.y1 - taps.down;
    };
    double low = x0;
    double high = x1;
    auto narrow = [&](double slope, double start, double least, double most) { // least ≤ slope·x + start < most
        if (slope == 0)
            return;
        double a = (least - start) / slope;
        double b = (most - start) / slope;
        if (a > b)
            std::swap(a, b);
        low = std::max(low, a);
        high = std::min(high, b);
    };
    narrow(sampling.map.xx, sampling.map.mapX(0.5, y + 0.5) - 0.5, left, right);
    narrow(sampling.map.yx, sampling.map.mapY(0.5, y + 0.5) - 0.5, top, bottom);
    if (!(low < high))
        return {};
    Interior span{std::max(x0, static_cast<int>(low) - 1), std::min(x1, static_cast<int>(high) + 2)};
    while (span.first < span.end && !inside(span.first))
        ++span.first;
    while (span.end > span.first && !inside(span.end - 1))
        --span.end;
    return span;
}

AffineRow affineRow(const Sampling& sampling, int y, int planes)
{
    AffineRow row{};
    row.xx = sampling.map.xx;
    row.xy = sampling.map.xy * (y + 0.5);
    row.x0 = sampling.map.x0;
    row.yx = sampling.map.yx;
    row.yy = sampling.map.yy * (y + 0.5);
    row.y0 = sampling.map.y0;
    row.stride = sampling.from.stride;
    row.originX = sampling.from.rect.x0;
    row.originY = sampling.from.rect.y0;
    row.planes = planes;
    for (int plane = 0; plane < 4; ++plane)
        row.from[plane] = sampling.from.planes[plane];
    return row;
}

/// Asks the memory for what a block of the output will read, a few rows at a time while the block before it is computed: a
/// turned block reads short pieces of many rows, which no hardware sees coming.
class Ahead {
public:
    Ahead(const Sampling& sampling, Rect block, int steps, int planes)
        : m_from(sampling.from),
          m_planes(planes)
    {
        if (block.empty())
            return;
        const double xs[2] = {block.x0 + 0.5, block.x1 - 0.5}, ys[2] = {block.y0 + 0.5, block.y1 - 0.5};
        double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
        for (const double x : xs)
            for (const double y : ys) {
                const double u = limited(sampling.map.mapX(x, y)), v = limited(sampling.map.mapY(x, y));
                left = std::min(left, u), right = std::max(right, u);
                top = std::min(top, v), bottom = std::max(bottom, v);
            }
        m_part = Rect{static_cast<int>(left) - 1, static_cast<int>(top) - 1, static_cast<int>(right) + 2, static_cast<int>(bottom) + 2}.clippedTo(m_from.rect);
        m_next = m_part.y0;
        m_each = (m_part.height() + steps - 1) / steps;
    }

    void step()
    {
        constexpr int line = 16; // floats
        for (const int end = std::min(m_next + m_each, m_part.y1); m_next < end; ++m_next)
            for (int plane = 0; plane < m_planes; ++plane) {
                const float* row = m_from.row(plane, m_next) - m_from.rect.x0;
                for (int x = m_part.x0; x < m_part.x1 + line; x += line)
                    __builtin_prefetch(row + x, 0, 2);
            }
    }

private:
    ConstPictureView m_from;
    int m_planes;
    Rect m_part;
    int m_next = 0, m_each = 0;
};

constexpr int block = 64; ///< pixels: the source rows of a turned block stay in the cache

/// Bilinear without shrinking.
void sharpRow(const Sampling& sampling, int y, int first, int count, int planes, float* const out[4])
{
    AffineRow row = affineRow(sampling, y, planes);
    row.first = first;
    row.count = count;
    std::copy_n(out, 4, row.out);
    rowKernels().bilinearAffine(row);
}

/// The weights of each place of a row along one axis, tap by tap.
void weighTaps(const Sampling& sampling, const double* centres, int count, double widening, int taps, int* first, float* weights)
{
    if (sampling.filter == Filter::Bilinear) {
        rowKernels().tentTaps(centres, count, widening, taps, first, weights);
        return;
    }
    AxisTaps axis;
    for (int i = 0; i < count; ++i) {
        findTaps(*sampling.table, centres[i], widening, axis);
        first[i] = static_cast<int>(axis.first);
        for (int t = 0; t < taps; ++t)
            weights[block * t + i] = t < axis.count ? axis.weights[t] : 0.0F;
    }
}

/// What Sampling::wide does, for pixels that have all their taps.
void wideRow(const Sampling& sampling, const TapBlock& taps, int y, int first, int count, float* const out[4])
{
    double u[block] = {}, v[block] = {};
    int firstX[block], firstY[block], at[block];
    float across[(mostTaps + 3) / 4 * 4 * block], down[mostTaps * block];
    for (int i = 0; i < count; ++i) {
        u[i] = sampling.map.mapX(first + i + 0.5, y + 0.5);
        v[i] = sampling.map.mapY(first + i + 0.5, y + 0.5);
    }
    weighTaps(sampling, u, count, sampling.wideX, taps.across, firstX, across);
    weighTaps(sampling, v, count, sampling.wideY, taps.down, firstY, down);
    const auto stride = static_cast<int>(sampling.from.stride);
    for (int i = 0; i < count; ++i)
        at[i] = (firstY[i] - sampling.from.rect.y0) * stride + firstX[i] - sampling.from.rect.x0;
    TapsRow row{at, across, down, taps.across, taps.down, count, sampling.from.stride, {}, {}};
    std::copy_n(sampling.from.planes, 4, row.from);
    std::copy_n(out, 4, row.out);
    rowKernels().sumTaps(row);
    rowKernels().tameAlpha(row.out, count);
}

} // namespace

void sampleBlocks(const Sampling& sampling, PictureView out)
{
    const Rect rect = out.rect;
    const bool isSharp = sampling.filter == Filter::Bilinear && sampling.isSharp();
    const TapBlock taps = isSharp ? sharpTaps : wideTaps(sampling);
    const int planes = sampling.from.opaque && isSharp ? 3 : 4;
    Interior spans[block];
    for (int top = rect.y0; top < rect.y1; top += block) {
        const int bottom = std::min(top + block, rect.y1);
        for (int y = top; y < bottom; ++y) {
            Interior span = interiorOf(sampling, taps, y, rect.x0, rect.x1);
            if (span.first >= span.end)
                span = {rect.x0, rect.x0};
            spans[y - top] = span;
            sampleSlowly(sampling, y, rect.x0, span.first, out);
            sampleSlowly(sampling, y, span.end, rect.x1, out);
            if (planes == 3 && span.first < span.end)
                std::fill(&out.at(alpha, span.first, y), &out.at(alpha, span.first, y) + (span.end - span.first), 1.0F);
        }
        for (int left = rect.x0; left < rect.x1; left += block) {
            const int right = std::min(left + block, rect.x1);
            Ahead ahead(sampling, Rect{right, top, right + block, bottom}.clippedTo(rect), bottom - top, planes);
            for (int y = top; y < bottom; ++y) {
                ahead.step();
                const int first = std::max(left, spans[y - top].first), count = std::min(right, spans[y - top].end) - first;
                if (count <= 0)
                    continue;
                float* const to[4] = {&out.at(red, first, y), &out.at(green, first, y), &out.at(blue, first, y), &out.at(alpha, first, y)};
                if (isSharp)
                    sharpRow(sampling, y, first, count, planes, to);
                else
                    wideRow(sampling, taps, y, first, count, to);
            }
        }
    }
}

} // namespace artdag::sampling_detail
