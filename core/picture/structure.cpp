// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/structure.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr float channelWeights[4] = {0.3F, 0.59F, 0.11F, 1.0F};

struct ThreeRows {
    const float *above, *own, *below; ///< at the first sample of the output
    ThreeRows(const ConstPictureView& in, int plane, int x, int y)
        : above(&in.at(plane, x, y - 1)),
          own(&in.at(plane, x, y)),
          below(&in.at(plane, x, y + 1)) {}
};

void addStructure(const ThreeRows& rows, const EdgeOperator& shape, float weight, float* __restrict xx, float* __restrict xy, float* __restrict yy, int n)
{
    const float* __restrict a = rows.above, * __restrict o = rows.own, * __restrict b = rows.below;
    const float side = 0.5F * shape.side, centre = 0.5F * shape.centre;
    for (int x = 0; x < n; ++x) {
        const float gx = ((a[x + 1] - a[x - 1]) + (b[x + 1] - b[x - 1])) * side + (o[x + 1] - o[x - 1]) * centre;
        const float gy = ((b[x - 1] - a[x - 1]) + (b[x + 1] - a[x + 1])) * side + (b[x] - a[x]) * centre;
        xx[x] += weight * (gx * gx);
        xy[x] += weight * (gx * gy);
        yy[x] += weight * (gy * gy);
    }
}

} // namespace

void structureOf(ConstPictureView in, PictureView out, const EdgeOperator& shape)
{
    const int n = out.rect.width();
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        for (int plane = 0; plane < 4; ++plane)
            std::fill_n(out.row(plane, y), n, plane == 3 ? 1.0F : 0.0F);
        for (int plane = 0; plane < (in.opaque ? 3 : 4); ++plane)
            addStructure({in, plane, out.rect.x0, y}, shape, channelWeights[plane], out.row(0, y), out.row(1, y), out.row(2, y), n);
    }
}

void laplacianOf(ConstPictureView in, PictureView out)
{
    const int n = out.rect.width();
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        float* const __restrict to = out.row(0, y);
        std::fill_n(to, n, 0.0F);
        for (int plane = 0; plane < (in.opaque ? 3 : 4); ++plane) {
            const ThreeRows rows{in, plane, out.rect.x0, y};
            const float* __restrict a = rows.above, * __restrict o = rows.own, * __restrict b = rows.below;
            for (int x = 0; x < n; ++x) {
                const float corners = (a[x - 1] + a[x + 1]) + (b[x - 1] + b[x + 1]);
                const float cross = (a[x] + b[x]) + (o[x - 1] + o[x + 1]);
                const float value = (corners + 4.0F * cross - 20.0F * o[x]) * (1.0F / 6.0F);
                to[x] += channelWeights[plane] * (value * value);
            }
        }
        for (int x = 0; x < n; ++x)
            to[x] = std::sqrt(to[x]);
    }
}

} // namespace artdag
