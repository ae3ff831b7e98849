// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/sweep.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

/// The picture as it was while it turned evenly, as far to one side as to the other.
Sweep sweepOf(const FrameCall& call)
{
    Sweep sweep{.edge = static_cast<Edge>(call.args.choice("edges")), .width = call.inputs[0].stream.width, .height = call.inputs[0].stream.height};
    const Vec2 centre = call.args.vec2("centre");
    const double x = centre.x * sweep.width, y = centre.y * sweep.height;
    const double farX = std::max(std::abs(x), std::abs(sweep.width - x)), farY = std::max(std::abs(y), std::abs(sweep.height - y));
    const double angle = call.args.real("angle");
    const SweepSteps steps(std::abs(angle) * exact::pi / 180.0 * std::sqrt(farX * farX + farY * farY));
    for (int mean = 0; mean < steps.means; ++mean) {
        sweep.means.emplace_back();
        for (int i = 0; i < steps.copies; ++i)
            sweep.means.back().push_back(chained(chained(moved(-x, -y), turned(angle * steps.at(mean, i))), moved(x, y)));
    }
    return sweep;
}

int passes(const FrameCall& call)
{
    return call.args.real("angle") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    return passes(call) == 0 ? out : sweepOf(call).reads(out);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0)
        copy(inputs[0], out);
    else
        sweep(sweepOf(call), inputs[0], out);
    return {};
}

} // namespace

extern const Effect effect_radial_blur;
const Effect effect_radial_blur{
    .name = "radial_blur",
    .title = "Radial blur",
    .help = "Smears a picture along circles around a point, like something that spun while the shutter was open.",
    .tags = {"blur and detail", "blur"},
    .synonyms = {"spin blur", "rotational blur", "circular blur", "wheel"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 10.0, .least = 0.0, .most = 360.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "How far it turns while the shutter is open"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Edge::Clamp), .title = "Edges", .help = "What lies beyond the border", .choices = edgeNames(), .animatable = false},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
