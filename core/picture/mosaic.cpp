// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/mosaic.h"

#include "core/picture/pointwise.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

/// The first pixel of tile `index` of `count` over `length` pixels.
int edge(int index, int count, int length)
{
    return static_cast<int>(static_cast<std::int64_t>(index) * length / count);
}

void addRow(const float* __restrict row, float* __restrict sums, int count)
{
    for (int x = 0; x < count; ++x)
        sums[x] += row[x];
}

/// Rows are added into one, and that one is cut into tiles: what a compiler makes wide.
void meansOf(const ConstPictureView& picture, int plane, Rect part, int columns, int rows, int step, std::vector<float>& out)
{
    const int width = part.width();
    std::vector<float> sums(static_cast<std::size_t>(width));
    for (int row = 0; row < rows; ++row) {
        const int top = part.y0 + edge(row, rows, part.height()), bottom = part.y0 + edge(row + 1, rows, part.height());
        const int count = (bottom - top + step - 1) / step;
        std::ranges::fill(sums, 0.0F);
        for (int y = top; y < bottom; y += step)
            addRow(picture.row(plane, y) + (part.x0 - picture.rect.x0), sums.data(), width);
        for (int column = 0; column < columns; ++column) {
            const int left = edge(column, columns, width), right = edge(column + 1, columns, width);
            double sum = 0.0;
            for (int x = left; x < right; ++x)
                sum += sums[static_cast<std::size_t>(x)];
            out.push_back(static_cast<float>(sum / (static_cast<double>(right - left) * count)));
        }
    }
}

} // namespace

Mosaic mosaicOf(ConstPictureView picture, Rect part, int columns, int rows, int step)
{
    Mosaic mosaic{std::min(columns, part.width()), std::min(rows, part.height()), {}};
    for (int plane = 0; plane < 4; ++plane)
        if (plane == alpha && picture.opaque)
            mosaic.planes[alpha].assign(mosaic.tiles(), 1.0F);
        else
            meansOf(picture, plane, part, mosaic.columns, mosaic.rows, step, mosaic.planes[plane]);
    return mosaic;
}

Mosaic overBlack(Mosaic linear)
{
    for (int plane = 0; plane < 3; ++plane)
        linearToDisplayRow(linear.planes[plane].data(), linear.planes[plane].data(), linear.tiles());
    return linear;
}

Mosaic unveiled(Mosaic linear)
{
    for (int plane = 0; plane < 3; ++plane)
        for (std::size_t i = 0; i < linear.tiles(); ++i)
            linear.planes[plane][i] = linear.planes[alpha][i] > 0.0F ? linear.planes[plane][i] / linear.planes[alpha][i] : 0.0F;
    return overBlack(std::move(linear));
}

std::vector<float> lumaOf(const Mosaic& display)
{
    std::vector<float> luma(display.tiles());
    for (std::size_t i = 0; i < luma.size(); ++i)
        luma[i] = 0.2126F * display.planes[red][i] + 0.7152F * display.planes[green][i] + 0.0722F * display.planes[blue][i];
    return luma;
}

Rect partOf(int width, int height, double centreX, double centreY, double partWidth, double partHeight)
{
    const auto span = [](int length, double centre, double part, int& first, int& end) {
        first = std::clamp(static_cast<int>(std::floor((centre - 0.5 * part) * length + 0.5)), 0, length - 1);
        end = std::clamp(static_cast<int>(std::floor((centre + 0.5 * part) * length + 0.5)), first + 1, length);
    };
    Rect rect;
    span(width, centreX, partWidth, rect.x0, rect.x1);
    span(height, centreY, partHeight, rect.y0, rect.y1);
    return rect;
}

} // namespace artdag
