// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/sample.h"

namespace artdag {
namespace {

/// The anchor goes to the origin; there the picture is scaled, skewed and turned; then the anchor goes to the position.
Affine toSource(const FrameCall& call)
{
    const Vec2 position = call.args.vec2("position");
    const Vec2 anchor = call.args.vec2("anchor");
    const Vec2 size = call.args.vec2("scale");
    const Vec2 skew = call.args.vec2("skew");
    const double angle = call.args.real("rotation");
    const double width = call.out.width;
    const double height = call.out.height;
    if (position == anchor && size == Vec2{1, 1} && skew == Vec2{0, 0} && turnOf(angle).cosine == 1.0)
        return {};
    Affine map = chained(moved(-anchor.x * width, -anchor.y * height), scaled(size.x, size.y));
    map = chained(map, skewed(skew.x, skew.y));
    map = chained(map, turned(angle));
    map = chained(map, moved(position.x * width, position.y * height));
    return inverted(map);
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

extern const Effect effect_transform;
const Effect effect_transform{
    .name = "transform",
    .title = "Transform",
    .help = "Moves, scales, skews and turns a picture about its anchor, in that order of scale, skew, rotation, position. The frame keeps its size.",
    .tags = {"transform"},
    .synonyms = {"move", "position", "scale", "skew", "shear", "translate", "affine", "zoom"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -8.0, .most = 9.0, .title = "Position", .help = "Where the anchor lies in the frame: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "scale", .kind = ParamKind::Size, .initial = Vec2{1, 1}, .least = -64.0, .most = 64.0, .title = "Scale", .help = "1 is as it is; negative flips"},
        {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .help = "Clockwise on screen"},
        {.name = "skew", .kind = ParamKind::Size, .initial = Vec2{0, 0}, .least = -89.0, .most = 89.0, .step = 1.0, .unit = "deg", .title = "Skew"},
        {.name = "anchor", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Anchor", .help = "The point of the picture that everything turns about"},
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
