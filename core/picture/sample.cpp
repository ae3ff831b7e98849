// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/sample.h"

#include "core/picture/rows.h"
#include "core/picture/sample_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace artdag {

namespace {

constexpr double widest = 8.0; ///< how far affine kernels widen
constexpr int mostTaps = 2 * 3 * 8 + 2;

/// The taps of one axis at one place.
struct AxisTaps {
    int count = 0;
    std::int64_t first = 0; ///< before the edge rule
    std::array<float, mostTaps> weights;
};

void findTaps(const KernelTable& table, double centre, double widening, AxisTaps& axis)
{
    const double place = centre - 0.5;
    const double reach = table.radius * widening;
    const std::int64_t first = floorOf(place - reach) + 1;
    const int count = static_cast<int>(floorOf(place + reach) - first) + 1;
    std::array<double, mostTaps> exactly;
    double sum = 0;
    for (int i = 0; i < count; ++i) {
        exactly[i] = table.at((static_cast<double>(first + i) - place) / widening);
        sum += exactly[i];
    }
    for (int i = 0; i < count; ++i)
        axis.weights[i] = static_cast<float>(exactly[i] / sum);
    axis.first = first;
    axis.count = count;
}

/// The taps down of the last pixel: where rows stay rows (a slant to the side), those of the whole row.
struct RowTaps {
    double v = std::numeric_limits<double>::quiet_NaN();
    AxisTaps down;
};

/// Everything about one call that does not change from pixel to pixel.
struct Sampling {
    ConstPictureView from;
    int width, height;
    Affine map;
    Filter filter;
    Edge edge;
    double stepX, stepY; ///< source px an output px covers
    double wideX, wideY; ///< how much kernels widen
    const KernelTable* table;

    Sampling(ConstPictureView source, int w, int h, const Affine& toSource, Filter kind, Edge border)
        : from(source),
          width(w),
          height(h),
          map(toSource),
          filter(kind == Filter::Area ? Filter::Bilinear : kind),
          edge(border),
          stepX(std::sqrt(map.xx * map.xx + map.xy * map.xy)),
          stepY(std::sqrt(map.yx * map.yx + map.yy * map.yy)),
          wideX(widened(stepX)),
          wideY(widened(stepY)),
          table(&tableOf(filter))
    {
    }
    /// Scales within a billionth of 1 are rotations, whose sine and cosine round.
    static double widened(double step) { return step <= 1.000000001 ? 1.0 : step > widest ? widest
                                                                                          : step; }
    [[nodiscard]] bool isSharp() const { return wideX == 1.0 && wideY == 1.0; }
    /// Where a kernel is not as wide as a pixel's footprint, a pixel that has all its taps may yet be partly outside.
    [[nodiscard]] bool hasBlocks() const { return filter != Filter::Nearest && stepX <= widest && stepY <= widest && !from.rect.empty(); }

    [[nodiscard]] float fetch(int plane, int x, int y) const { return from.at(plane, x, y); }
    void nearest(double u, double v, float* pixel) const;
    void bilinear(double u, double v, float* pixel) const;
    void wide(double u, const AxisTaps& down, float* pixel) const;
    void at(int x, int y, RowTaps& row, float* pixel) const;
    void cover(double u, double v, float* pixel) const;
};

void Sampling::nearest(double u, double v, float* pixel) const
{
    const std::int64_t x = floorOf(u);
    const std::int64_t y = floorOf(v);
    const bool outside = x < 0 || y < 0 || x >= width || y >= height;
    for (int plane = 0; plane < 4; ++plane)
        pixel[plane] = outside && edge == Edge::Transparent ? 0.0F : fetch(plane, edgeIndex(x, width, edge), edgeIndex(y, height, edge));
}

/// The same operations in the same order as the row kernel, so that it does not matter which of them makes a pixel.
void Sampling::bilinear(double u, double v, float* pixel) const
{
    const double left = u - 0.5;
    const double above = v - 0.5;
    const std::int64_t x = floorOf(left);
    const std::int64_t y = floorOf(above);
    const auto fx = static_cast<float>(left - static_cast<double>(x));
    const auto fy = static_cast<float>(above - static_cast<double>(y));
    const int xs[2] = {edgeIndex(x, width, edge), edgeIndex(x + 1, width, edge)};
    const int ys[2] = {edgeIndex(y, height, edge), edgeIndex(y + 1, height, edge)};
    for (int plane = 0; plane < 4; ++plane) {
        const float topLeft = fetch(plane, xs[0], ys[0]);
        const float bottomLeft = fetch(plane, xs[0], ys[1]);
        const float top = topLeft + (fetch(plane, xs[1], ys[0]) - topLeft) * fx;
        const float bottom = bottomLeft + (fetch(plane, xs[1], ys[1]) - bottomLeft) * fx;
        pixel[plane] = top + (bottom - top) * fy;
    }
}

void Sampling::wide(double u, const AxisTaps& down, float* pixel) const
{
    AxisTaps across;
    findTaps(*table, u, wideX, across);
    int xs[mostTaps];
    for (int i = 0; i < across.count; ++i)
        xs[i] = edgeIndex(across.first + i, width, edge);
    float sums[4] = {};
    for (int j = 0; j < down.count; ++j) {
        const int y = edgeIndex(down.first + j, height, edge);
        for (int plane = 0; plane < 4; ++plane) {
            const float* row = from.row(plane, y) - from.rect.x0;
            float sum = 0;
            for (int i = 0; i < across.count; ++i)
                sum += row[xs[i]] * across.weights[i];
            sums[plane] += sum * down.weights[j];
        }
    }
    const bool under = sums[alpha] < 0;
    for (int plane = 0; plane < 4; ++plane)
        pixel[plane] = under ? 0.0F : sums[plane];
    if (pixel[alpha] > 1.0F)
        pixel[alpha] = 1.0F;
}

void Sampling::cover(double u, double v, float* pixel) const
{
    const auto part = static_cast<float>(coverage(u, stepX, width) * coverage(v, stepY, height));
    if (part == 1.0F)
        return;
    for (int plane = 0; plane < 4; ++plane)
        pixel[plane] *= part;
}

void Sampling::at(int x, int y, RowTaps& row, float* pixel) const
{
    const double u = limited(map.mapX(x + 0.5, y + 0.5));
    const double v = limited(map.mapY(x + 0.5, y + 0.5));
    if (filter == Filter::Nearest) {
        nearest(u, v, pixel);
        return;
    }
    if (edge == Edge::Transparent && coverage(u, stepX, width) * coverage(v, stepY, height) <= 0) {
        pixel[0] = pixel[1] = pixel[2] = pixel[3] = 0.0F;
        return;
    }
    if (filter == Filter::Bilinear && isSharp()) {
        bilinear(u, v, pixel);
    } else {
        if (v != row.v)
            findTaps(*table, row.v = v, wideY, row.down);
        wide(u, row.down, pixel);
    }
    if (edge == Edge::Transparent)
        cover(u, v, pixel);
}

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

/// Where a row may touch the picture at all: beyond, no kernel's coverage is above 0. Generous by a pixel.
Interior touchedBy(const Sampling& sampling, int y, int first, int end)
{
    double low = first;
    double high = end;
    auto narrow = [&](double slope, double start, double least, double most) {
        if (slope == 0) {
            if (start < least || start > most)
                high = low;
            return;
        }
        const double a = (least - start) / slope;
        const double b = (most - start) / slope;
        low = std::max(low, std::min(a, b));
        high = std::min(high, std::max(a, b));
    };
    const Affine& map = sampling.map;
    narrow(map.xx, map.mapX(0.5, y + 0.5), -1 - sampling.stepX, sampling.width + 1 + sampling.stepX);
    narrow(map.yx, map.mapY(0.5, y + 0.5), -1 - sampling.stepY, sampling.height + 1 + sampling.stepY);
    if (!(low < high))
        return {first, first};
    return {std::max(first, static_cast<int>(low) - 1), std::min(end, static_cast<int>(high) + 2)};
}

void sampleSlowly(const Sampling& sampling, int y, int first, int end, PictureView out)
{
    if (first >= end)
        return;
    const Interior touched = sampling.edge == Edge::Transparent ? touchedBy(sampling, y, first, end) : Interior{first, end};
    for (int plane = 0; plane < 4; ++plane) {
        float* row = out.row(plane, y) - out.rect.x0;
        std::fill(row + first, row + touched.first, 0.0F);
        std::fill(row + std::max(touched.first, touched.end), row + end, 0.0F);
    }
    float pixel[4];
    RowTaps taps;
    for (int x = touched.first; x < touched.end; ++x) {
        sampling.at(x, y, taps, pixel);
        for (int plane = 0; plane < 4; ++plane)
            out.at(plane, x, y) = pixel[plane];
    }
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

/// The interior by kernel, block by block; the border pixel by pixel.
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

} // namespace

namespace {

/// Rows and columns do it faster and for any scale; where a border goes on for ever, the limit of 8 keeps that in hand.
bool isScaling(const Sampling& sampling)
{
    if (sampling.map.xy != 0 || sampling.map.yx != 0 || sampling.filter == Filter::Nearest)
        return false;
    if (sampling.filter == Filter::Bilinear && sampling.isSharp())
        return false;
    return sampling.edge == Edge::Transparent || (sampling.stepX <= widest && sampling.stepY <= widest);
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
    const Rect shown{given.x0 - dx, given.y0 - dy, given.x1 - dx, given.y1 - dy};
    if (!shown.contains(out.rect) || given.empty())
        clear(out);
    if (given.empty())
        return;
    ConstPictureView moved = from.sub(given);
    moved.rect = shown;
    copy(moved, out);
}

} // namespace

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
