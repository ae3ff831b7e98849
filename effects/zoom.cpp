// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/sample.h"

namespace artdag {
namespace {

/// The centre stays where it is.
Affine toSource(const FrameCall& call)
{
    const double amount = call.args.real("amount");
    const Vec2 centre = call.args.vec2("centre");
    const double x = centre.x * call.out.width, y = centre.y * call.out.height;
    if (amount == 1.0)
        return {};
    const double part = 1.0 / amount;
    return {part, 0, x - x * part, 0, part, y - y * part};
}

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 1.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return sampleRegion(call.out.width, call.out.height, toSource(call), static_cast<Filter>(call.args.choice("filter")), static_cast<Edge>(call.args.choice("edges")), out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    sampleAffine(inputs[0], call.out.width, call.out.height, toSource(call), static_cast<Filter>(call.args.choice("filter")), static_cast<Edge>(call.args.choice("edges")), out);
    return {};
}

} // namespace

extern const Effect effect_zoom;
const Effect effect_zoom{
    .name = "zoom",
    .title = "Zoom",
    .help = "Enlarges a picture about a point that stays where it is, or makes it smaller. The frame keeps its size; 1 changes nothing.",
    .tags = {"transform"},
    .synonyms = {"scale", "magnify", "enlarge", "punch in", "push in", "dolly", "close up"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 1.0, .least = 0.01, .most = 100.0, .step = 0.05, .title = "Amount", .help = "2 is twice as large, 0.5 half"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bilinear), .title = "Filter", .help = "lanczos and bicubic keep more detail, nearest shows the pixels", .choices = filterNames(), .animatable = false},
        {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Edge::Transparent), .title = "Edges", .help = "What lies beyond the border", .choices = edgeNames(), .animatable = false},
    },
    .access = Access::Gather,
    .neutralAtDefault = true,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
