// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/picture/sweep.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

Affine zoomedAbout(double x, double y, double scale)
{
    return chained(chained(moved(-x, -y), scaled(scale, scale)), moved(x, y));
}

/// The picture as it was while it came nearer by equal factors. Copies are only ever larger than the picture, as one that
/// shrinks needs wider filters.
Sweep sweepOf(const FrameCall& call)
{
    Sweep sweep{.edge = static_cast<Edge>(call.args.choice("edges")), .width = call.inputs[0].stream.width, .height = call.inputs[0].stream.height};
    const Vec2 centre = call.args.vec2("centre");
    const double x = centre.x * sweep.width, y = centre.y * sweep.height;
    const double farX = std::max(std::abs(x), std::abs(sweep.width - x)), farY = std::max(std::abs(y), std::abs(sweep.height - y));
    const double amount = call.args.real("amount");
    const SweepSteps steps(amount * std::sqrt(farX * farX + farY * farY));
    const double whole = exact::log(1.0 - amount);
    const double half = 0.5 * (steps.at(0, 1) - steps.at(0, 0)); // each copy stands for the middle of its step
    for (int mean = 0; mean < steps.means; ++mean) {
        sweep.means.emplace_back();
        for (int i = 0; i < steps.copies; ++i)
            sweep.means.back().push_back(zoomedAbout(x, y, exact::exp(whole * (steps.at(mean, i) - steps.at(mean, 0) + (mean == 0 ? half : 0.0)))));
    }
    return sweep;
}

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
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

extern const Effect effect_zoom_blur;
const Effect effect_zoom_blur{
    .name = "zoom_blur",
    .title = "Zoom blur",
    .help = "Streaks that run away from a point, like a lens that zoomed in while the shutter was open. The point itself stays sharp.",
    .tags = {"blur and detail", "blur"},
    .synonyms = {"radial zoom", "god rays", "light rays", "warp speed", "explosion", "dolly"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        {.name = "amount", .initial = 0.15, .least = 0.0, .most = 0.95, .title = "Amount", .help = "Length of a streak as a part of the way to the centre"},
        {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Edge::Clamp), .title = "Edges", .help = "What lies beyond the border, where the centre is outside", .choices = edgeNames(), .animatable = false},
    },
    .access = Access::Region,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
