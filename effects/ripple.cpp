// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/warp_params.h"
#include "core/picture/function_table.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

/// In turns, 0–1: rings run outwards as it grows.
double phaseOf(const FrameCall& call)
{
    return exact::fmod(call.args.real("phase") / 360.0 + call.args.real("speed") * call.t(), 1.0);
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(phaseOf(call));
}

struct Ripple {
    double x, y, radius, perSquare;
    double height;       ///< px, at the crest
    FunctionTable shift; ///< away from the centre, as a part of the height, by the distance in radii

    explicit Ripple(const FrameCall& call)
        : x(call.args.vec2("centre").x * call.out.width),
          y(call.args.vec2("centre").y * call.out.height),
          radius(call.args.real("radius") * 0.5 * std::min(call.out.width, call.out.height)),
          perSquare(1.0 / (radius * radius)),
          height(call.px("height")),
          shift(1.0, stepsOf(call, radius), [&](double at) { return shiftAt(call, at * radius, at); })
    {
    }
    /// Ninety-six to a wave at least, one to a pixel.
    static int stepsOf(const FrameCall& call, double radius)
    {
        return static_cast<int>(std::min(std::max(radius, 96.0 * radius / std::max(call.px("wavelength"), 1e-3)), 1e6)) + 256;
    }
    /// The rings die away towards the rim, and the innermost one is pulled together to a point in the centre.
    static double shiftAt(const FrameCall& call, double distance, double at)
    {
        const double waves = distance / std::max(call.px("wavelength"), 1e-3);
        const double rim = (1.0 - at) * (1.0 - at) * (1.0 + 2.0 * at);
        const double middle = std::min(waves * 2.0, 1.0);
        return exact::sin(2.0 * exact::pi * (waves - phaseOf(call))) * rim * middle;
    }

    void place(int x0, int row, int n, double* u, double* v) const
    {
        const double dy = row + 0.5 - y;
        for (int i = 0; i < n; ++i) {
            const double dx = x0 + i + 0.5 - x;
            const double at = std::sqrt((dx * dx + dy * dy) * perSquare);
            const double factor = at > 1e-9 ? height * shift.at(at) / (at * radius) : 0.0;
            u[i] = x + dx + dx * factor;
            v[i] = y + dy + dy * factor;
        }
    }
};

int passes(const FrameCall& call)
{
    return call.args.real("height") == 0.0 || call.args.real("radius") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const double height = std::abs(call.px("height"));
    return warpRegion(warpRulesOf(call), grownBy(centresOf(out), height, height));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Ripple ripple(call);
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { ripple.place(x, y, n, u, v); });
    return {};
}

} // namespace

extern const Effect effect_ripple;
const Effect effect_ripple{
    .name = "ripple",
    .title = "Ripple",
    .help = "Rings run out from a point over the picture, as from a stone in water. Lead the height by a beat and every kick is a drop.",
    .tags = {"transform", "warp"},
    .synonyms = {"water", "rings", "drop", "pond", "circular wave", "shockwave"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "height", .initial = 16.0, .least = -500.0, .most = 500.0, .step = 1.0, .unit = "px", .title = "Height", .help = "How far a crest moves the picture; 0 changes nothing"},
        {.name = "wavelength", .initial = 120.0, .least = 2.0, .most = 4096.0, .step = 1.0, .unit = "px", .title = "Wavelength", .help = "From ring to ring"},
        {.name = "speed", .initial = 1.0, .least = -30.0, .most = 30.0, .step = 0.05, .unit = "1/s", .title = "Speed", .help = "Rings a second; negative runs inwards"},
        {.name = "phase", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Phase", .help = "360 moves the rings on by one"},
        {.name = "radius", .initial = 2.0, .least = 0.0, .most = 8.0, .title = "Radius", .help = "Where the rings have died away; 1 reaches from the middle to the nearer edges"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        warpFilterParam(),
        warpEdgesParam(Edge::Mirror),
    },
    .access = Access::Gather,
    .moment = moment,
    .still = [](const Call& call) { return call.args.real("speed") == 0.0; },
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
