// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/display_image.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {

namespace {
constexpr int checkerCell = 8; // px of the picture
constexpr float checkerDark = 0.1F, checkerLight = 0.2F;

/// Colours over the checkerboard, in linear light; premultiplied pixels let (1 − alpha) of it through.
void overChecker(const ConstPictureView& row, int y, std::vector<float> (&to)[3])
{
    for (int x = 0; x < row.rect.width(); ++x) {
        const float board = ((x / checkerCell + y / checkerCell) % 2 == 0 ? checkerDark : checkerLight) * (1 - std::clamp(row.planes[alpha][x], 0.0F, 1.0F));
        for (int plane = 0; plane < 3; ++plane)
            to[plane][static_cast<std::size_t>(x)] = row.planes[plane][x] + board;
    }
}

/// Alpha is a share of light, not light: grey as bright on screen as the number is large.
void alphaRow(const ConstPictureView& row, uchar* to)
{
    for (int x = 0; x < row.rect.width(); ++x, to += 4) {
        to[0] = to[1] = to[2] = static_cast<uchar>(std::lround(std::clamp(row.planes[alpha][x], 0.0F, 1.0F) * 255));
        to[3] = 255;
    }
}
} // namespace

QImage displayImage(const Picture& picture, Channels channels)
{
    const ConstPictureView whole = picture.view();
    const auto width = static_cast<std::size_t>(whole.rect.width());
    QImage image(whole.rect.width(), whole.rect.height(), QImage::Format_RGBX8888);
    // Premultiplied colour is the colour over black, so the alpha of the rows that are shown is 1.
    const std::vector<float> opaque(width, 1.0F);
    std::vector<float> checked[3] = {std::vector<float>(width), std::vector<float>(width), std::vector<float>(width)};
    for (int y = whole.rect.y0; y < whole.rect.y1; ++y) {
        ConstPictureView row = whole.sub({whole.rect.x0, y, whole.rect.x1, y + 1});
        uchar* line = image.scanLine(y - whole.rect.y0);
        if (channels == Channels::Alpha) {
            alphaRow(row, line);
            continue;
        }
        if (channels == Channels::Checker) {
            overChecker(row, y, checked);
            for (int plane = 0; plane < 3; ++plane)
                row.planes[plane] = checked[plane].data();
        } else if (channels != Channels::Colour) {
            const float* one = row.planes[static_cast<int>(channels) - static_cast<int>(Channels::Red)];
            for (int plane = 0; plane < 3; ++plane)
                row.planes[plane] = one;
        }
        row.planes[alpha] = opaque.data();
        toDisplayRgba(row, line, image.bytesPerLine());
    }
    return image;
}

QImage differenceImage(const Picture& a, const Picture& b, float gain)
{
    const ConstPictureView left = a.view(), right = b.view();
    Picture result(left.rect);
    const PictureView out = result.view();
    for (int y = left.rect.y0; y < left.rect.y1; ++y) {
        for (int plane = 0; plane < 3; ++plane) {
            const float* p = left.row(plane, y);
            const float* q = right.row(plane, y);
            float* to = out.row(plane, y);
            for (int x = 0; x < left.rect.width(); ++x)
                to[x] = std::abs(p[x] - q[x]) * gain;
        }
        std::fill_n(out.row(alpha, y), left.rect.width(), 1.0F);
    }
    return displayImage(result);
}

} // namespace artdag
