// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/sample.h"

namespace artdag {
namespace {

Affine toSource(const FrameCall& call)
{
    const double angle = call.args.real("angle");
    const Vec2 centre = call.args.vec2("centre");
    const double x = centre.x * call.out.width;
    const double y = centre.y * call.out.height;
    if (turnOf(angle).cosine == 1.0)
        return {};
    return chained(chained(moved(-x, -y), turned(-angle)), moved(x, y));
}

int passes(const FrameCall& call)
{
    return toSource(call) == Affine{} ? 0 : -1;
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

extern const Effect effect_rotate;
const Effect effect_rotate{
    .name = "rotate",
    .title = "Rotate",
    .help = "Turns a picture clockwise about a point. The size stays; what turns out of the frame is cut.",
    .tags = {"transform"},
    .synonyms = {"spin", "turn", "angle", "orientation"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "Clockwise on screen; 360 is once around"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bilinear), .title = "Filter", .choices = filterNames(), .animatable = false},
        {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Edge::Transparent), .title = "Edges", .help = "What lies beyond the border", .choices = edgeNames(), .animatable = false},
    },
    .access = Access::Gather,
    .neutralAtDefault = true,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
