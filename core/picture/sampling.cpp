// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/sampling.h"

#include <algorithm>

namespace artdag::sampling_detail {

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

namespace {

/// Pixels of a row.
struct Stretch {
    int first = 0, end = 0;
};

/// Where a row may touch the picture at all: beyond, no kernel's coverage is above 0. Generous by a pixel.
Stretch touchedBy(const Sampling& sampling, int y, int first, int end)
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

} // namespace

void sampleSlowly(const Sampling& sampling, int y, int first, int end, PictureView out)
{
    if (first >= end)
        return;
    const Stretch touched = sampling.edge == Edge::Transparent ? touchedBy(sampling, y, first, end) : Stretch{first, end};
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

} // namespace artdag::sampling_detail
