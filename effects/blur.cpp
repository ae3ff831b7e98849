// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/filter.h"

#include <algorithm>

namespace artdag {
namespace {

enum Kind {
    Gaussian,
    Box,
};

struct Radii {
    double x = 0.0, y = 0.0; ///< px of this plan
};

Radii radii(const FrameCall& call)
{
    const double radius = call.px("radius");
    const int direction = call.args.choice("direction");
    return {direction == 2 ? 0.0 : radius, direction == 1 ? 0.0 : radius};
}

int reach(const FrameCall& call, double radius)
{
    return call.args.choice("kind") == Gaussian ? gaussianRadius(radius) : static_cast<int>(exact::floor(radius)) + 1;
}

int passes(const FrameCall& call)
{
    return call.args.real("radius") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Radii r = radii(call);
    const int x = reach(call, r.x), y = reach(call, r.y);
    return {out.x0 - x, out.y0 - y, out.x1 + x, out.y1 + y};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    // Where the window ends, the blur sees the picture's edge: so it gets no more than what it asked for.
    const Rect need = region(call, 0, out.rect).clippedTo(inputs[0].rect);
    const Radii r = radii(call);
    const auto edges = static_cast<EdgeMode>(call.args.choice("edges"));
    if (call.args.choice("kind") == Gaussian)
        gaussianBlur(inputs[0].sub(need), out, r.x, r.y, edges);
    else
        boxBlur(inputs[0].sub(need), out, r.x, r.y, edges);
    return {};
}

} // namespace

extern const Effect effect_blur;
const Effect effect_blur{
    .name = "blur",
    .title = "Blur",
    .help = "Softens a picture in linear light: a gaussian (radius is its standard deviation) or a box (radius is half its width).",
    .tags = {"blur and detail", "blur"},
    .synonyms = {"gaussian", "gblur", "box blur", "soften", "defocus", "smooth"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "radius", .initial = 8.0, .least = 0.0, .most = 200.0, .step = 0.5, .unit = "px", .title = "Radius", .help = "Standard deviation of the gaussian, half the width of the box"},
        {.name = "kind", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Kind", .choices = {"gaussian", "box"}, .animatable = false},
        {.name = "direction", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Direction", .choices = {"both", "horizontal", "vertical"}, .animatable = false},
        {.name = "edges", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Edges", .help = "What lies beyond the picture: its last pixel, its mirror image, or nothing", .choices = {"clamp", "mirror", "transparent"}, .animatable = false},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
