// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/blend.h"

#include "core/picture/pointwise.h"
#include "core/picture/rows.h"

#include <algorithm>

namespace artdag {

std::vector<std::string_view> blendModeNames()
{
    return {"normal", "multiply", "screen", "overlay", "darken", "lighten", "colour_dodge", "colour_burn", "hard_light", "soft_light",
        "difference", "exclusion", "hue", "saturation", "colour", "luminosity", "add", "subtract", "average", "linear_light", "vivid_light", "pin_light"};
}

namespace {

constexpr int batch = 512; ///< pixels whose straight colours stay in the first-level cache

void blendRow(const float* const below[4], const float* const above[4], float* const out[4], int n, BlendMode mode, float opacity, BlendSpace space)
{
    const RowKernels& kernels = rowKernels();
    alignas(64) float memory[11][batch];
    float* const under[4] = {memory[0], memory[1], memory[2], memory[3]};
    float* const top[4] = {memory[4], memory[5], memory[6], memory[7]};
    float* const mixed[3] = {memory[8], memory[9], memory[10]};
    const auto straighten = space == BlendSpace::Display ? kernels.toDisplay : kernels.unpremultiply;
    straighten(below, under, n);
    straighten(above, top, n);
    kernels.blendChannels(static_cast<int>(mode), under, top, mixed, n);
    if (space == BlendSpace::Display)
        for (float* channel : mixed)
            kernels.srgbToLinear(channel, channel, n);
    kernels.blendOver(below, above, mixed, out, n, opacity);
}

} // namespace

void blend(ConstPictureView below, ConstPictureView above, BlendMode mode, float opacity, BlendSpace space, PictureView out)
{
    if (mode == BlendMode::Normal) {
        over(below, above, out, opacity);
        return;
    }
    const Rect rect = out.rect;
    for (int y = rect.y0; y < rect.y1; ++y)
        for (int x = rect.x0; x < rect.x1; x += batch) {
            const float* under[4];
            const float* top[4];
            float* to[4];
            for (int plane = 0; plane < 4; ++plane) {
                under[plane] = &below.at(plane, x, y);
                top[plane] = &above.at(plane, x, y);
                to[plane] = &out.at(plane, x, y);
            }
            blendRow(under, top, to, std::min(batch, rect.x1 - x), mode, opacity, space);
        }
}

} // namespace artdag
