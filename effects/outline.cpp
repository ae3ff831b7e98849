// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/linear_colour.h"
#include "core/picture/distance.h"
#include "core/picture/extend.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Shape {
    Cover,
    Bright,
};
enum Position {
    Outside,
    Centre,
    Inside,
};

/// How far the line goes to each side of the edge, and how its own edges fade, in px of this plan.
struct Line {
    float outside = 0, inside = 0, fade = 1;

    explicit Line(const FrameCall& call)
    {
        const double width = call.px("width"), half = 0.5 * width;
        const int position = call.args.choice("position");
        outside = static_cast<float>(position == Outside ? width : position == Centre ? half
                                                                                      : 0.0);
        inside = static_cast<float>(position == Inside ? width : position == Centre ? half
                                                                                    : 0.0);
        fade = static_cast<float>(1.0 + call.px("softness"));
    }
    [[nodiscard]] int reach() const { return std::min(static_cast<int>(std::max(outside, inside) + 0.5F * fade) + 2, mostDistance); }
    /// A hard line is one pixel soft.
    [[nodiscard]] float at(float distance, float width) const
    {
        const float part = std::clamp((width - distance) / fade + 0.5F, 0.0F, 1.0F);
        return width <= 0.0F ? 0.0F : fade > 1.0F ? part * part * (3.0F - 2.0F * part)
                                                  : part;
    }
};

int passes(const FrameCall& call)
{
    return call.args.real("width") == 0.0 && !call.args.boolean("only_line") ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return out.grown(Line(call).reach());
}

/// How much each pixel belongs to the shape.
Mask shapeOf(const FrameCall& call, const ConstPictureView& in)
{
    Mask mask(in.rect);
    const auto n = static_cast<std::size_t>(in.rect.width());
    const auto level = static_cast<float>(call.args.real("threshold"));
    for (int y = in.rect.y0; y < in.rect.y1; ++y) {
        const float* const cover = in.row(alpha, y);
        float* const to = mask.row(y);
        if (call.args.choice("shape") == Cover) {
            for (std::size_t x = 0; x < n; ++x)
                to[x] = std::clamp(cover[x], 0.0F, 1.0F);
            continue;
        }
        const float *const r = in.row(red, y), *const g = in.row(green, y), *const b = in.row(blue, y);
        for (std::size_t x = 0; x < n; ++x)
            to[x] = 0.2126F * r[x] + 0.7152F * g[x] + 0.0722F * b[x];
        linearToDisplayRow(to, to, n);
        for (std::size_t x = 0; x < n; ++x) // an edge of some softness, as a drawn one has
            to[x] = std::clamp((to[x] - level) * 8.0F + 0.5F, 0.0F, 1.0F);
    }
    return mask;
}

Mask inverted(Mask mask)
{
    for (float& value : mask.values)
        value = 1.0F - value;
    return mask;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    if (passes(call) == 0)
        return {};
    const Line line(call);
    const int reach = line.reach();
    const Rect need = out.rect.grown(reach);
    const Picture source = extended(inputs[0].sub(need.clippedTo(inputs[0].rect)), need, EdgeMode::Clamp);
    const Mask shape = shapeOf(call, source.view());
    const Mask far = line.outside > 0 ? distanceTo(shape, reach, out.rect) : Mask(out.rect);
    const Mask deep = line.inside > 0 ? distanceTo(inverted(shape), reach, out.rect) : Mask(out.rect);
    const LinearColour colour = linearOf(call.args.colour("colour"));
    const float paint[4] = {colour.r, colour.g, colour.b, colour.a};
    const bool under = call.args.choice("shape") == Cover; // soft edges of the shape lie on the line, without a seam
    const bool alone = call.args.boolean("only_line");
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const float* const own = shape.row(y) + reach;
        for (int x = 0; x < out.rect.width(); ++x) {
            const float cover = out.row(alpha, y)[x];
            const float outer = line.at(far.row(y)[x], line.outside) * (under ? 1.0F - cover : 1.0F - own[x]);
            const float inner = line.at(deep.row(y)[x], line.inside) * own[x];
            // Under the picture nothing is taken from it; on it the line takes its place.
            const float drawn = under ? outer + inner : std::min(outer + inner, 1.0F);
            const float left = alone ? 0.0F : 1.0F - paint[3] * (under ? line.at(deep.row(y)[x], line.inside) : drawn);
            for (int plane = 0; plane < 4; ++plane)
                out.row(plane, y)[x] = out.row(plane, y)[x] * left + paint[plane] * drawn;
        }
    }
    return {};
}

} // namespace

extern const Effect effect_outline;
const Effect effect_outline{
    .name = "outline",
    .title = "Outline",
    .help = "Draws a line of even width around what is not transparent, or around what is bright: stickers, cut-outs, lettering.",
    .tags = {"blur and detail", "line"},
    .synonyms = {"stroke", "border", "contour", "sticker", "edge", "dilate"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "width", .initial = 8.0, .least = 0.0, .most = 200.0, .step = 0.5, .unit = "px", .title = "Width"},
        {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{1, 1, 1, 1}, .title = "Colour"},
        {.name = "position", .kind = ParamKind::Choice, .initial = std::int64_t{Outside}, .title = "Position", .help = "On which side of the edge", .choices = {"outside", "centre", "inside"}, .animatable = false},
        {.name = "softness", .initial = 0.0, .least = 0.0, .most = 100.0, .step = 0.5, .unit = "px", .title = "Softness", .help = "Over how many px the line fades out"},
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Cover}, .title = "Shape", .help = "Whose outline: of what is not transparent, or of what is brighter than the threshold", .choices = {"alpha", "bright"}, .animatable = false},
        {.name = "threshold", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Threshold", .help = "Display brightness where a bright shape begins"},
        {.name = "only_line", .kind = ParamKind::Boolean, .initial = false, .title = "Only the line", .help = "Leaves the picture away"},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
