// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/perspective.h"

namespace artdag {
namespace {

constexpr std::string_view cornerNames[4] = {"top_left", "top_right", "bottom_right", "bottom_left"};
constexpr Vec2 ownCorners[4] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};

bool isInPlace(const FrameCall& call)
{
    bool all = true;
    for (std::size_t i = 0; i < 4; ++i)
        all = all && call.args.vec2(cornerNames[i]) == ownCorners[i];
    return all;
}

Projection toSource(const FrameCall& call)
{
    const double width = call.out.width, height = call.out.height;
    ProjectedPoint corners[4];
    for (std::size_t i = 0; i < 4; ++i) {
        const Vec2 corner = call.args.vec2(cornerNames[i]);
        corners[i] = {corner.x * width, corner.y * height};
    }
    const Projection pinned = rectangleToCorners(width, height, corners);
    return call.args.boolean("inverse") ? pinned : inverted(pinned, width / 2, height / 2);
}

int passes(const FrameCall& call)
{
    return isInPlace(call) ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return perspectiveRegion(call.out.width, call.out.height, toSource(call), static_cast<Filter>(call.args.choice("filter")), static_cast<Edge>(call.args.choice("edges")), out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (isInPlace(call))
        copy(inputs[0], out);
    else
        samplePerspective(inputs[0], call.out.width, call.out.height, toSource(call), static_cast<Filter>(call.args.choice("filter")), static_cast<Edge>(call.args.choice("edges")), out);
    return {};
}

Param corner(std::size_t index, std::string_view title, std::string_view help = {})
{
    return {.name = cornerNames[index], .kind = ParamKind::Point, .initial = ownCorners[index], .least = -4.0, .most = 5.0, .title = title, .help = help, .group = "Corners"};
}

} // namespace

extern const Effect effect_corner_pin;
const Effect effect_corner_pin{
    .name = "corner_pin",
    .title = "Corner pin",
    .help = "Pulls the four corners of a picture to where you want them, in true perspective: put it on a screen, a wall or a page. Inverse takes such a surface out of a picture and makes it straight.",
    .tags = {"transform"},
    .synonyms = {"perspective", "distort", "four point", "quad", "homography", "keystone", "screen replacement", "rectify", "straighten", "cornerpin"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        corner(0, "Top left", "0, 0 is the frame's top left, 1, 1 its bottom right. Where the corners cross over nothing is seen"),
        corner(1, "Top right"),
        corner(2, "Bottom right"),
        corner(3, "Bottom left"),
        {.name = "inverse", .kind = ParamKind::Boolean, .initial = false, .title = "Inverse", .help = "What lies between the corners fills the frame", .animatable = false},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bilinear), .title = "Filter", .help = "lanczos and bicubic keep more detail and take longer", .choices = filterNames(), .animatable = false},
        {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Edge::Transparent), .title = "Edges", .help = "What lies beyond the border", .choices = edgeNames(), .animatable = false},
    },
    .access = Access::Gather,
    .neutralAtDefault = true,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
