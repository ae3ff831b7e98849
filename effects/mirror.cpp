// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/sample.h"

#include <algorithm>

namespace artdag {
namespace {

enum Side {
    Left,
    Right,
};

/// The axis as a line: a point is on its left where nx·x + ny·y < d. At angle 0 it stands upright.
struct Axis {
    double nx, ny, d;

    explicit Axis(const FrameCall& call)
    {
        const Vec2 position = call.args.vec2("position");
        const Turn turn = turnOf(call.args.real("angle"));
        const double flip = call.args.choice("keep") == Left ? 1.0 : -1.0;
        nx = turn.cosine * flip;
        ny = turn.sine * flip;
        d = nx * position.x * call.out.width + ny * position.y * call.out.height;
    }
    /// How far the pixel's centre lies on the side that is not kept.
    [[nodiscard]] double beyond(int x, int y) const { return nx * (x + 0.5) + ny * (y + 0.5) - d; }
    [[nodiscard]] Affine reflection() const { return {1 - 2 * nx * nx, -2 * nx * ny, 2 * nx * d, -2 * nx * ny, 1 - 2 * ny * ny, 2 * ny * d}; }
    /// The largest and the least value of `beyond` in a part are at its corners.
    [[nodiscard]] bool keepsAll(const Rect& part) const
    {
        return std::max({beyond(part.x0, part.y0), beyond(part.x1 - 1, part.y0), beyond(part.x0, part.y1 - 1), beyond(part.x1 - 1, part.y1 - 1)}) <= 0;
    }
    [[nodiscard]] bool keepsNothing(const Rect& part) const
    {
        return std::min({beyond(part.x0, part.y0), beyond(part.x1 - 1, part.y0), beyond(part.x0, part.y1 - 1), beyond(part.x1 - 1, part.y1 - 1)}) > 0;
    }
};

int passes(const FrameCall& call)
{
    return Axis(call).keepsAll({0, 0, call.out.width, call.out.height}) ? 0 : -1;
}

Rect joined(const Rect& a, const Rect& b)
{
    if (a.empty() || b.empty())
        return a.empty() ? b : a;
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Axis axis(call);
    if (axis.keepsAll(out))
        return out;
    const Rect seen = sampleRegion(call.out.width, call.out.height, axis.reflection(), static_cast<Filter>(call.args.choice("filter")), static_cast<Edge>(call.args.choice("edges")), out);
    return axis.keepsNothing(out) ? seen : joined(seen.clippedTo({0, 0, call.out.width, call.out.height}), out);
}

/// Blocks that the axis does not cross are copied, or read through the mirror, as a whole.
Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    constexpr int side = 64;
    const Axis axis(call);
    for (int top = out.rect.y0; top < out.rect.y1; top += side)
        for (int left = out.rect.x0; left < out.rect.x1; left += side) {
            const PictureView block = out.sub(Rect{left, top, left + side, top + side}.clippedTo(out.rect));
            if (axis.keepsAll(block.rect)) {
                copy(inputs[0], block);
                continue;
            }
            sampleAffine(inputs[0], call.out.width, call.out.height, axis.reflection(), static_cast<Filter>(call.args.choice("filter")), static_cast<Edge>(call.args.choice("edges")), block);
            if (axis.keepsNothing(block.rect))
                continue;
            for (int y = block.rect.y0; y < block.rect.y1; ++y)
                for (int x = block.rect.x0; x < block.rect.x1; ++x)
                    for (int plane = 0; axis.beyond(x, y) <= 0 && plane < 4; ++plane)
                        block.at(plane, x, y) = inputs[0].at(plane, x, y);
        }
    return {};
}

} // namespace

extern const Effect effect_mirror;
const Effect effect_mirror{
    .name = "mirror",
    .title = "Mirror",
    .help = "Stands a mirror in the picture: one side of an axis stays, on the other you see its reflection. Move and turn the axis as you like.",
    .tags = {"transform"},
    .synonyms = {"reflect", "reflection", "symmetry", "symmetrical", "butterfly", "rorschach", "cc mirror", "water reflection"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "Of the axis, clockwise; 0 stands upright, 90 lies flat with its left side on top"},
        {.name = "position", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Position", .help = "A point of the axis: 0, 0 is top left, 1, 1 bottom right"},
        {.name = "keep", .kind = ParamKind::Choice, .initial = std::int64_t{Left}, .title = "Keep", .help = "The side that stays as it is", .choices = {"left", "right"}, .animatable = false},
        {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Edge::Mirror), .title = "Edges", .help = "What the mirror shows of what lies beyond the border", .choices = edgeNames(), .animatable = false},
        {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bilinear), .title = "Filter", .choices = filterNames(), .animatable = false},
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
