// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return !call.args.boolean("horizontal") && !call.args.boolean("vertical") ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    Rect part = out;
    if (call.args.boolean("horizontal"))
        part = {call.out.width - out.x1, part.y0, call.out.width - out.x0, part.y1};
    if (call.args.boolean("vertical"))
        part = {part.x0, call.out.height - out.y1, part.x1, call.out.height - out.y0};
    return part;
}

Works works(const FrameCall&)
{
    return Works::Either;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const bool horizontal = call.args.boolean("horizontal"), vertical = call.args.boolean("vertical");
    const int n = out.rect.width();
    const int first = horizontal ? call.out.width - out.rect.x1 : out.rect.x0;
    for (int y = out.rect.y0; y < out.rect.y1; ++y)
        for (int plane = 0; plane < 4; ++plane) {
            const float* __restrict from = &inputs[0].at(plane, first, vertical ? call.out.height - 1 - y : y);
            float* __restrict to = out.row(plane, y);
            if (!horizontal)
                std::copy_n(from, n, to);
            else
                for (int i = 0; i < n; ++i)
                    to[i] = from[n - 1 - i];
        }
    return {};
}

} // namespace

extern const Effect effect_flip;
const Effect effect_flip{
    .name = "flip",
    .title = "Flip",
    .help = "Turns a picture left for right, upside down, or both.",
    .tags = {"transform"},
    .synonyms = {"hflip", "vflip", "flop", "reverse", "mirror image", "upside down"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "horizontal", .kind = ParamKind::Boolean, .initial = true, .title = "Horizontal", .help = "Left for right"},
        {.name = "vertical", .kind = ParamKind::Boolean, .initial = false, .title = "Vertical", .help = "Top for bottom"},
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .works = works,
    .render = render,
};

} // namespace artdag
