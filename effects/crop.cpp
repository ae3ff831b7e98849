// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

int whole(double size)
{
    return static_cast<int>(std::floor(size + 0.5));
}

/// The part that is kept: within the picture, at least one pixel.
Rect kept(const Call& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    const int left = std::clamp(whole(call.px("left")), 0, in.width - 1);
    const int top = std::clamp(whole(call.px("top")), 0, in.height - 1);
    const double width = call.px("width");
    const double height = call.px("height");
    return {left, top, width > 0 ? std::clamp(left + std::max(1, whole(width)), 0, in.width) : in.width,
        height > 0 ? std::clamp(top + std::max(1, whole(height)), 0, in.height) : in.height};
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0] = call.inputs[0].stream;
    outputs[0].width = kept(call).width();
    outputs[0].height = kept(call).height();
    return {};
}

int passes(const FrameCall& call)
{
    const StreamFacts& in = call.inputs[0].stream;
    return kept(call) == Rect{0, 0, in.width, in.height} ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Rect part = kept(call);
    return {out.x0 + part.x0, out.y0 + part.y0, out.x1 + part.x0, out.y1 + part.y0};
}

Works works(const FrameCall&)
{
    return Works::Either;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Rect part = kept(call);
    copy(inputs[0].movedBy(-part.x0, -part.y0), out);
    return {};
}

} // namespace

extern const Effect effect_crop;
const Effect effect_crop{
    .name = "crop",
    .title = "Crop",
    .help = "Keeps a rectangle of a picture; the result is as large as the rectangle.",
    .tags = {"transform"},
    .synonyms = {"cut", "trim edges", "region", "window"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "left", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Left", .animatable = false},
        {.name = "top", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Top", .animatable = false},
        {.name = "width", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Width", .help = "0 is all that is left of it", .animatable = false},
        {.name = "height", .initial = 0.0, .least = 0.0, .most = 16384.0, .step = 1.0, .unit = "px", .title = "Height", .help = "0 is all that is left of it", .animatable = false},
    },
    .access = Access::Gather,
    .neutralAtDefault = true,
    .facts = facts,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
