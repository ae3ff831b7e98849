// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"

#include <algorithm>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("stops") == 0.0 && call.args.real("offset") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Linear;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const auto gain = static_cast<float>(exact::exp2(call.args.real("stops")));
    const auto offset = static_cast<float>(call.args.real("offset"));
    if (offset != 0.0F) {
        applyMatrix({{{gain, 0, 0, offset}, {0, gain, 0, offset}, {0, 0, gain, offset}}}, inputs[0], out);
        return {};
    }
    const auto n = static_cast<std::size_t>(out.rect.width());
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane) {
            const float* from = inputs[0].row(plane, y) + (out.rect.x0 - inputs[0].rect.x0);
            if (plane == alpha)
                std::copy_n(from, n, out.row(plane, y));
            else
                scaleRow(from, out.row(plane, y), n, gain);
        }
    return {};
}

} // namespace

extern const Effect effect_exposure;
const Effect effect_exposure{
    .name = "exposure",
    .title = "Exposure",
    .help = "Gives the picture more or less light, as the lens or the shutter would: linear light × 2^stops + offset. 0 stops change nothing.",
    .tags = {"colour", "light"},
    .synonyms = {"stops", "EV", "f-stop", "gain", "multiply", "brightness", "exposure offset"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "stops", .initial = 0.0, .least = -10.0, .most = 10.0, .step = 0.1, .title = "Stops", .help = "Each doubles the light; below 0 each halves it"},
        {.name = "offset", .initial = 0.0, .least = -0.5, .most = 0.5, .step = 0.001, .title = "Offset", .help = "Light that is added everywhere: deepens or fogs the blacks"},
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
