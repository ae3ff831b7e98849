// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/perspective.h"

#include "core/picture/rows.h"
#include "core/picture/sample_rules.h"

#include <algorithm>
#include <cmath>

namespace artdag {

ProjectedPoint projected(const Projection& map, double x, double y)
{
    const double w = map.wx * x + map.wy * y + map.w0;
    const double divisor = w != 0 ? w : 1e-300;
    return {limited((map.xx * x + map.xy * y + map.x0) / divisor), limited((map.yx * x + map.yy * y + map.y0) / divisor), w};
}

namespace {

constexpr Projection blind{0, 0, 0, 0, 0, 0, 0, 0, -1};

/// Twice the area of a triangle, positive when it turns clockwise on screen.
double turning(const ProjectedPoint& a, const ProjectedPoint& b, const ProjectedPoint& c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// All corners turn the same way: clockwise, or the other way where the picture is seen from behind.
bool isConvex(std::span<const ProjectedPoint, 4> corners)
{
    int clockwise = 0, against = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const double turn = turning(corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]);
        constexpr double flat = 1e-6;
        clockwise += turn > flat ? 1 : 0;
        against += turn < -flat ? 1 : 0;
    }
    return clockwise == 4 || against == 4;
}

} // namespace

Projection rectangleToCorners(double width, double height, std::span<const ProjectedPoint, 4> corners)
{
    if (!isConvex(corners))
        return blind;
    const ProjectedPoint &a = corners[0], &b = corners[1], &c = corners[2], &d = corners[3];
    const double sumX = a.x - b.x + c.x - d.x, sumY = a.y - b.y + c.y - d.y;
    const double x1 = b.x - c.x, x2 = d.x - c.x, y1 = b.y - c.y, y2 = d.y - c.y;
    const double determinant = x1 * y2 - x2 * y1; // twice the area at c: not 0
    const double g = (sumX * y2 - x2 * sumY) / determinant;
    const double h = (x1 * sumY - sumX * y1) / determinant;
    return {(b.x - a.x + g * b.x) / width, (d.x - a.x + h * d.x) / height, a.x, (b.y - a.y + g * b.y) / width, (d.y - a.y + h * d.y) / height, a.y, g / width, h / height, 1};
}

Projection inverted(const Projection& map, double x, double y)
{
    Projection back{
        map.yy * map.w0 - map.y0 * map.wy, map.x0 * map.wy - map.xy * map.w0, map.xy * map.y0 - map.x0 * map.yy,
        map.y0 * map.wx - map.yx * map.w0, map.xx * map.w0 - map.x0 * map.wx, map.x0 * map.yx - map.xx * map.y0,
        map.yx * map.wy - map.yy * map.wx, map.xy * map.wx - map.xx * map.wy, map.xx * map.yy - map.xy * map.yx};
    const ProjectedPoint there = projected(map, x, y);
    const double w = back.wx * there.x + back.wy * there.y + back.w0;
    if (there.w <= 0 || w == 0)
        return blind;
    for (double* term : {&back.xx, &back.xy, &back.x0, &back.yx, &back.yy, &back.y0, &back.wx, &back.wy, &back.w0})
        *term /= w;
    return back;
}

namespace {

constexpr double widest = 8.0; ///< how far kernels widen
constexpr double sharp = 1.000000001;
constexpr double horizon = 1e-9;
constexpr int mostTaps = 2 * 3 * 8 + 6; ///< in whole fours
constexpr int batch = 64;

typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));

double widened(double step)
{
    return step <= sharp ? 1.0 : step > widest ? widest
                                               : step;
}

/// Where a pixel reads, and how many source px it covers along both axes.
struct Place {
    double u, v, stepX, stepY;
    bool seen;
};

/// The taps of one axis; weights end in zeros up to a whole four.
struct Taps {
    std::int64_t first;
    int count, padded;
    float weights[mostTaps];
};

class Perspective {
public:
    Perspective(ConstPictureView from, int width, int height, const Projection& map, Filter filter, Edge edge)
        : m_from(from),
          m_inner(from.rect.clippedTo({0, 0, width, height})),
          m_width(width),
          m_height(height),
          m_map(map),
          m_filter(filter == Filter::Area ? Filter::Bilinear : filter),
          m_edge(edge),
          m_table(tableOf(filter))
    {
    }

    void row(int y, PictureView out);

private:
    void find(int x, int y, int n);
    [[nodiscard]] bool fourAtOnce(int i) const;
    [[nodiscard]] bool isTent(int i) const;
    void tentRun(int i, int count, int x, int y, PictureView out) const;
    void bilinearFour(int i, int x, int y, PictureView out) const;
    void pixel(const Place& place, float* to) const;
    void nearest(const Place& place, float* to) const;
    void bilinear(const Place& place, float* to) const;
    void tent(const Place& place, float* to) const;
    void wide(const Place& place, float* to) const;
    void findTaps(double centre, double widening, Taps& taps) const;
    [[nodiscard]] double covered(const Place& place) const { return coverage(place.u, place.stepX, m_width) * coverage(place.v, place.stepY, m_height); }

    ConstPictureView m_from;
    Rect m_inner;
    int m_width, m_height;
    Projection m_map;
    Filter m_filter;
    Edge m_edge;
    const KernelTable& m_table;
    double m_u[batch], m_v[batch], m_w[batch], m_stepX[batch], m_stepY[batch];
};

void Perspective::find(int x, int y, int n)
{
    const Projection m = m_map;
    const double py = y + 0.5;
    const double rowX = m.xy * py + m.x0, rowY = m.yy * py + m.y0, rowW = m.wy * py + m.w0;
    for (int i = 0; i < n; ++i) {
        const double px = x + i + 0.5;
        const double w = m.wx * px + rowW;
        const double part = 1.0 / (w > horizon ? w : horizon);
        const double u = (m.xx * px + rowX) * part, v = (m.yx * px + rowY) * part;
        const double ux = (m.xx - u * m.wx) * part, uy = (m.xy - u * m.wy) * part;
        const double vx = (m.yx - v * m.wx) * part, vy = (m.yy - v * m.wy) * part;
        m_u[i] = u;
        m_v[i] = v;
        m_w[i] = w;
        m_stepX[i] = std::sqrt(ux * ux + uy * uy);
        m_stepY[i] = std::sqrt(vx * vx + vy * vy);
    }
}

/// Whether four pixels from i on read between four neighbours each, all of them at hand.
bool Perspective::fourAtOnce(int i) const
{
    bool all = m_filter == Filter::Bilinear;
    for (int k = i; k < i + 4; ++k) {
        const double left = m_u[k] - 0.5, above = m_v[k] - 0.5;
        all = all && m_w[k] > horizon && m_stepX[k] <= sharp && m_stepY[k] <= sharp && left >= m_inner.x0 && left < m_inner.x1 - 1 && above >= m_inner.y0 && above < m_inner.y1 - 1;
    }
    return all;
}

/// The same operations in the same order as `bilinear`.
void Perspective::bilinearFour(int i, int x, int y, PictureView out) const
{
    std::ptrdiff_t index[4];
    Four fx, fy;
    for (int k = 0; k < 4; ++k) {
        const double left = m_u[i + k] - 0.5, above = m_v[i + k] - 0.5; // not below 0: truncation is floor
        const int column = static_cast<int>(left), line = static_cast<int>(above);
        index[k] = (line - m_from.rect.y0) * m_from.stride + (column - m_from.rect.x0);
        fx[k] = static_cast<float>(left - column);
        fy[k] = static_cast<float>(above - line);
    }
    for (int plane = 0; plane < 4; ++plane) {
        const float* upper = m_from.planes[plane];
        const float* lower = upper + m_from.stride;
        const Four topLeft{upper[index[0]], upper[index[1]], upper[index[2]], upper[index[3]]};
        const Four topRight{upper[index[0] + 1], upper[index[1] + 1], upper[index[2] + 1], upper[index[3] + 1]};
        const Four bottomLeft{lower[index[0]], lower[index[1]], lower[index[2]], lower[index[3]]};
        const Four bottomRight{lower[index[0] + 1], lower[index[1] + 1], lower[index[2] + 1], lower[index[3] + 1]};
        const Four top = topLeft + (topRight - topLeft) * fx;
        const Four bottom = bottomLeft + (bottomRight - bottomLeft) * fx;
        *reinterpret_cast<Four*>(&out.at(plane, x, y)) = top + (bottom - top) * fy;
    }
}

/// Whether a pixel reads a tent of four by four, all of them at hand; the picture covers it whole then.
bool Perspective::isTent(int i) const
{
    if (m_filter != Filter::Bilinear || m_w[i] <= horizon || m_stepX[i] > 2.0 || m_stepY[i] > 2.0 || (m_stepX[i] <= sharp && m_stepY[i] <= sharp))
        return false;
    const double left = m_u[i] - 0.5 - widened(m_stepX[i]), above = m_v[i] - 0.5 - widened(m_stepY[i]);
    return left >= m_inner.x0 - 1 && left < m_inner.x1 - 4 && above >= m_inner.y0 - 1 && above < m_inner.y1 - 4;
}

/// The same operations in the same order as `tent`.
void Perspective::tentRun(int i, int count, int x, int y, PictureView out) const
{
    double wideX[batch], wideY[batch];
    for (int k = 0; k < count; ++k) {
        wideX[k] = widened(m_stepX[i + k]);
        wideY[k] = widened(m_stepY[i + k]);
    }
    TentRow row{m_u + i, m_v + i, wideX, wideY, count, m_from.stride, m_from.rect.x0, m_from.rect.y0, {}, {}};
    for (int plane = 0; plane < 4; ++plane) {
        row.from[plane] = m_from.planes[plane];
        row.out[plane] = &out.at(plane, x, y);
    }
    rowKernels().tents(row);
}

void Perspective::nearest(const Place& place, float* to) const
{
    const std::int64_t x = floorOf(limited(place.u)), y = floorOf(limited(place.v));
    const bool outside = x < 0 || y < 0 || x >= m_width || y >= m_height;
    for (int plane = 0; plane < 4; ++plane)
        to[plane] = outside && m_edge == Edge::Transparent ? 0.0F : m_from.at(plane, edgeIndex(x, m_width, m_edge), edgeIndex(y, m_height, m_edge));
}

void Perspective::bilinear(const Place& place, float* to) const
{
    const double left = limited(place.u) - 0.5, above = limited(place.v) - 0.5;
    const std::int64_t x = floorOf(left), y = floorOf(above);
    const auto fx = static_cast<float>(left - static_cast<double>(x));
    const auto fy = static_cast<float>(above - static_cast<double>(y));
    const int xs[2] = {edgeIndex(x, m_width, m_edge), edgeIndex(x + 1, m_width, m_edge)};
    const int ys[2] = {edgeIndex(y, m_height, m_edge), edgeIndex(y + 1, m_height, m_edge)};
    for (int plane = 0; plane < 4; ++plane) {
        const float topLeft = m_from.at(plane, xs[0], ys[0]);
        const float bottomLeft = m_from.at(plane, xs[0], ys[1]);
        const float top = topLeft + (m_from.at(plane, xs[1], ys[0]) - topLeft) * fx;
        const float bottom = bottomLeft + (m_from.at(plane, xs[1], ys[1]) - bottomLeft) * fx;
        to[plane] = top + (bottom - top) * fy;
    }
}

void Perspective::findTaps(double centre, double widening, Taps& taps) const
{
    const double place = limited(centre) - 0.5, reach = m_table.radius * widening;
    taps.first = floorOf(place - reach) + 1;
    taps.count = static_cast<int>(floorOf(place + reach) - taps.first) + 1;
    taps.padded = (taps.count + 3) & ~3;
    const double start = static_cast<double>(taps.first) - place, narrow = 1.0 / widening;
    const auto from = static_cast<float>(start), scale = static_cast<float>(narrow);
    float sum = 0;
    for (int i = 0; i < taps.padded; ++i) {
        float weight = 0.0F;
        if (m_filter == Filter::Bilinear) {
            const float distance = (from + static_cast<float>(i)) * scale;
            weight = 1.0F - (distance < 0.0F ? -distance : distance);
            weight = weight > 0.0F ? weight : 0.0F;
        } else {
            weight = static_cast<float>(m_table.at((start + i) * narrow));
        }
        taps.weights[i] = i < taps.count ? weight : 0.0F;
        sum += taps.weights[i];
    }
    for (int i = 0; i < taps.padded; ++i)
        taps.weights[i] = taps.weights[i] / sum;
}

/// The four taps of a tent that is at most twice as wide as a sharp one. Those without weight count as the first.
struct TentTaps {
    std::int64_t first;
    Four weights;

    TentTaps(double centre, double widening)
    {
        const double place = centre - 0.5;
        first = floorOf(place - widening) + 1;
        const auto from = static_cast<float>(static_cast<double>(first) - place), narrow = static_cast<float>(1.0 / widening);
        for (int i = 0; i < 4; ++i) {
            const float distance = (from + static_cast<float>(i)) * narrow;
            const float weight = 1.0F - (distance < 0.0F ? -distance : distance);
            weights[i] = weight > 0.0F ? weight : 0.0F;
        }
        weights *= 1.0F / ((weights[0] + weights[1]) + (weights[2] + weights[3]));
    }
    [[nodiscard]] std::int64_t at(int i) const { return weights[i] > 0.0F ? first + i : first + 1; }
};

void Perspective::tent(const Place& place, float* to) const
{
    const TentTaps across(limited(place.u), widened(place.stepX)), down(limited(place.v), widened(place.stepY));
    const Four wx = across.weights, wy = down.weights;
    const bool inside = across.first >= m_inner.x0 && across.first + 4 <= m_inner.x1 && down.first >= m_inner.y0 && down.first + 4 <= m_inner.y1;
    std::ptrdiff_t xs[4] = {}, rows[4];
    for (int i = 0; i < 4; ++i) {
        const std::int64_t y = inside ? down.first + i : edgeIndex(down.at(i), m_height, m_edge);
        rows[i] = (y - m_from.rect.y0) * m_from.stride;
        xs[i] = (inside ? across.first : edgeIndex(across.at(i), m_width, m_edge)) - m_from.rect.x0;
    }
    for (int plane = 0; plane < 4; ++plane) {
        const float* from = m_from.planes[plane];
        Four lines[4];
        for (int i = 0; i < 4; ++i) {
            const float* row = from + rows[i];
            lines[i] = inside ? *reinterpret_cast<const Four*>(row + xs[0]) : Four{row[xs[0]], row[xs[1]], row[xs[2]], row[xs[3]]};
        }
        const Four sums = ((lines[0] * wy[0] + lines[1] * wy[1]) + (lines[2] * wy[2] + lines[3] * wy[3])) * wx;
        to[plane] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
    to[alpha] = to[alpha] > 1.0F ? 1.0F : to[alpha];
}

/// Rows of taps in fours: near the border they are gathered by the edge rule first, and then go the same way.
void Perspective::wide(const Place& place, float* to) const
{
    Taps across, down;
    findTaps(place.u, widened(place.stepX), across);
    findTaps(place.v, widened(place.stepY), down);
    const bool inside = across.first >= m_inner.x0 && across.first + across.padded <= m_inner.x1;
    int xs[mostTaps];
    for (int i = 0; !inside && i < across.padded; ++i)
        xs[i] = edgeIndex(i < across.count ? across.first + i : across.first, m_width, m_edge);
    for (int plane = 0; plane < 4; ++plane) {
        Four sums{};
        for (int j = 0; j < down.count; ++j) {
            const float* row = m_from.row(plane, edgeIndex(down.first + j, m_height, m_edge)) - m_from.rect.x0;
            float gathered[mostTaps];
            for (int i = 0; !inside && i < across.padded; ++i)
                gathered[i] = row[xs[i]];
            const float* samples = inside ? row + across.first : gathered;
            Four line{};
            for (int i = 0; i < across.padded; i += 4)
                line += *reinterpret_cast<const Four*>(samples + i) * *reinterpret_cast<const Four*>(across.weights + i);
            sums += line * down.weights[j];
        }
        to[plane] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
    const bool under = to[alpha] < 0;
    for (int plane = 0; plane < 4; ++plane)
        to[plane] = under ? 0.0F : to[plane];
    to[alpha] = to[alpha] > 1.0F ? 1.0F : to[alpha];
}

void Perspective::pixel(const Place& place, float* to) const
{
    to[0] = to[1] = to[2] = to[3] = 0.0F;
    if (!place.seen || m_from.rect.empty())
        return;
    if (m_filter == Filter::Nearest) {
        nearest(place, to);
        return;
    }
    const auto part = static_cast<float>(m_edge == Edge::Transparent ? covered(place) : 1.0);
    if (part <= 0.0F)
        return;
    if (m_filter == Filter::Bilinear && place.stepX <= sharp && place.stepY <= sharp)
        bilinear(place, to);
    else if (m_filter == Filter::Bilinear && place.stepX <= 2.0 && place.stepY <= 2.0)
        tent(place, to);
    else
        wide(place, to);
    if (part < 1.0F)
        for (int plane = 0; plane < 4; ++plane)
            to[plane] *= part;
}

void Perspective::row(int y, PictureView out)
{
    for (int x = out.rect.x0; x < out.rect.x1; x += batch) {
        const int n = std::min(batch, out.rect.x1 - x);
        find(x, y, n);
        for (int i = 0; i < n; ++i) {
            if (i + 4 <= n && fourAtOnce(i)) {
                bilinearFour(i, x + i, y, out);
                i += 3;
                continue;
            }
            int tents = 0;
            while (i + tents < n && isTent(i + tents))
                ++tents;
            if (tents > 0) {
                tentRun(i, tents, x + i, y, out);
                i += tents - 1;
                continue;
            }
            float sample[4];
            pixel({m_u[i], m_v[i], m_stepX[i], m_stepY[i], m_w[i] > horizon}, sample);
            for (int plane = 0; plane < 4; ++plane)
                out.at(plane, x + i, y) = sample[plane];
        }
    }
}

} // namespace

Rect perspectiveRegion(int width, int height, const Projection& toSource, Filter filter, Edge edge, Rect out)
{
    if (out.empty())
        return {};
    double least[2] = {1e30, 1e30}, most[2] = {-1e30, -1e30}, reach[2], slope[2] = {}, nearestW = 1e30;
    for (const double x : {out.x0 + 0.5, out.x1 - 0.5})
        for (const double y : {out.y0 + 0.5, out.y1 - 0.5}) {
            const ProjectedPoint point = projected(toSource, x, y);
            if (point.w <= horizon) // the horizon crosses the part, or may
                return {0, 0, width, height};
            nearestW = std::min(nearestW, point.w);
            const double at[2] = {point.x, point.y};
            // W² times the derivatives is linear, so its largest values are at corners.
            const double ux = (toSource.xx - point.x * toSource.wx) * point.w, uy = (toSource.xy - point.x * toSource.wy) * point.w;
            const double vx = (toSource.yx - point.y * toSource.wx) * point.w, vy = (toSource.yy - point.y * toSource.wy) * point.w;
            const double sizes[2] = {std::sqrt(ux * ux + uy * uy), std::sqrt(vx * vx + vy * vy)};
            for (int axis = 0; axis < 2; ++axis) {
                least[axis] = std::min(least[axis], at[axis]);
                most[axis] = std::max(most[axis], at[axis]);
                slope[axis] = std::max(slope[axis], sizes[axis]);
            }
        }
    const double radius = std::max(kernelRadius(filter), 1.0);
    for (int axis = 0; axis < 2; ++axis) {
        const double step = std::min(slope[axis] / (nearestW * nearestW), 1e6);
        reach[axis] = radius * widened(step) + step / 2 + 1;
    }
    // The corners of a part of 2 × 2 px are half a pixel inside of it: this map sends them to the ends.
    const Affine ends{most[0] - least[0], 0, least[0] - (most[0] - least[0]) / 2, 0, most[1] - least[1], least[1] - (most[1] - least[1]) / 2};
    return readRegion(width, height, ends, reach[0], reach[1], edge, {0, 0, 2, 2});
}

void samplePerspective(ConstPictureView from, int width, int height, const Projection& toSource, Filter filter, Edge edge, PictureView out)
{
    Perspective perspective(from, width, height, toSource, filter, edge);
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        perspective.row(y, out);
}

} // namespace artdag
