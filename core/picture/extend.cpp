// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/extend.h"

#include "core/base/result.h"
#include "core/picture/edges.h"
#include "core/picture/rows.h"

#include <algorithm>

namespace artdag {

Picture extended(ConstPictureView in, Rect rect, EdgeMode edges)
{
    CHECK(!in.rect.empty());
    Picture picture(rect);
    const PictureView out = picture.view();
    const int from = std::clamp(in.rect.x0, rect.x0, rect.x1), until = std::clamp(in.rect.x1, from, rect.x1);
    for (int plane = 0; plane < 4; ++plane) {
        for (int y = rect.y0; y < rect.y1; ++y) {
            float* const to = out.row(plane, y) - rect.x0;
            const int source = sampleBeyond(y, in.rect.y0, in.rect.y1, edges);
            if (source < in.rect.y0) {
                std::fill(to + rect.x0, to + rect.x1, 0.0F);
                continue;
            }
            const float* const row = in.row(plane, source) - in.rect.x0;
            const auto beyond = [&](int x) {
                const int at = sampleBeyond(x, in.rect.x0, in.rect.x1, edges);
                to[x] = at < in.rect.x0 ? 0.0F : row[at];
            };
            for (int x = rect.x0; x < from; ++x)
                beyond(x);
            std::copy(row + from, row + until, to + from);
            for (int x = until; x < rect.x1; ++x)
                beyond(x);
        }
    }
    return picture;
}

Rect tapRegion(const std::vector<Tap>& taps, Rect out)
{
    Rect region = out;
    for (const Tap& tap : taps) {
        region.x0 = std::min(region.x0, out.x0 + tap.x);
        region.y0 = std::min(region.y0, out.y0 + tap.y);
        region.x1 = std::max(region.x1, out.x1 + tap.x);
        region.y1 = std::max(region.y1, out.y1 + tap.y);
    }
    return region;
}

void sumTaps(const std::vector<Tap>& taps, ConstPictureView in, PictureView out, int firstPlane, int lastPlane)
{
    constexpr int columns = 512; // what taps above each other read again stays in the cache
    std::vector<const float*> rows(taps.size());
    std::vector<float> weights;
    for (const Tap& tap : taps)
        weights.push_back(tap.weight);
    for (int plane = firstPlane; plane <= lastPlane; ++plane)
        for (int x = out.rect.x0; x < out.rect.x1; x += columns)
            for (int y = out.rect.y0; y < out.rect.y1; ++y) {
                for (std::size_t i = 0; i < taps.size(); ++i)
                    rows[i] = &in.at(plane, x + taps[i].x, y + taps[i].y);
                rowKernels().sumRows(rows.data(), weights.data(), static_cast<long>(taps.size()), &out.at(plane, x, y), std::min(columns, out.rect.x1 - x));
            }
}

void brightnessPlane(ConstPictureView display, PictureView out, int plane)
{
    constexpr float weights[3] = {0.2126F, 0.7152F, 0.0722F};
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* const rows[3] = {&display.at(red, out.rect.x0, y), &display.at(green, out.rect.x0, y), &display.at(blue, out.rect.x0, y)};
        rowKernels().sumRows(rows, weights, 3, out.row(plane, y), out.rect.width());
    }
}

void settleAlpha(PictureView picture)
{
    for (int y = picture.rect.y0; y < picture.rect.y1; ++y) {
        float* const row = picture.row(alpha, y);
        for (int x = 0; x < picture.rect.width(); ++x)
            row[x] = row[x] > 1.0F - 1e-5F ? 1.0F : row[x];
    }
}

} // namespace artdag
