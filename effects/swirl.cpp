// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/warp_params.h"
#include "core/picture/function_table.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

struct Swirl {
    double x, y, radius; ///< px
    FunctionTable sine, cosine;

    explicit Swirl(const FrameCall& call)
        : x(call.args.vec2("centre").x * call.out.width),
          y(call.args.vec2("centre").y * call.out.height),
          radius(call.args.real("radius") * 0.5 * std::min(call.out.width, call.out.height)),
          sine(1.0, stepsOf(call), [&](double at) { return exact::sin(angleAt(call, at)); }),
          cosine(1.0, stepsOf(call), [&](double at) { return exact::cos(angleAt(call, at)); })
    {
    }
    /// In radians, from the whole turn in the centre to none at the rim, where it ends without a crease.
    static double angleAt(const FrameCall& call, double at)
    {
        return call.args.real("angle") * (exact::pi / 180.0) * (1.0 - at) * (1.0 - at);
    }
    /// So fine that straight lines between are within a few thousandths of a pixel.
    static int stepsOf(const FrameCall& call) { return 512 + static_cast<int>(std::abs(call.args.real("angle")) * 4.0); }

    void place(int x0, int row, int n, double* u, double* v) const
    {
        const double dy = row + 0.5 - y, perPixel = 1.0 / radius;
        for (int i = 0; i < n; ++i) {
            const double dx = x0 + i + 0.5 - x;
            const double at = std::sqrt(dx * dx + dy * dy) * perPixel;
            const double s = sine.at(at), c = cosine.at(at);
            u[i] = x + dx * c + dy * s;
            v[i] = y + dy * c - dx * s;
        }
    }
};

int passes(const FrameCall& call)
{
    return call.args.real("angle") == 0.0 || call.args.real("radius") == 0.0 ? 0 : -1;
}

/// Nothing leaves its distance from the centre, and nothing moves beyond the rim.
Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Vec2 centre = call.args.vec2("centre");
    const double x = centre.x * call.out.width, y = centre.y * call.out.height;
    WarpBounds bounds = centresOf(out);
    const DistanceRange distances = distancesFrom(bounds, x, y);
    const double rim = call.args.real("radius") * 0.5 * std::min(call.out.width, call.out.height);
    if (distances.least < rim) {
        const double reach = std::min(distances.most, rim) + 0.01;
        bounds.add(x - reach, y - reach);
        bounds.add(x + reach, y + reach);
    }
    return warpRegion(warpRulesOf(call), bounds);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Swirl swirl(call);
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { swirl.place(x, y, n, u, v); });
    return {};
}

} // namespace

extern const Effect effect_swirl;
const Effect effect_swirl{
    .name = "swirl",
    .title = "Swirl",
    .help = "Twists a picture about a point like stirred cream: the whole angle in the centre, nothing at the rim.",
    .tags = {"transform", "warp"},
    .synonyms = {"twirl", "twist", "vortex", "whirl", "spiral"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "angle", .kind = ParamKind::Angle, .initial = 180.0, .least = -3600.0, .most = 3600.0, .step = 1.0, .unit = "deg", .title = "Angle", .help = "How far the centre turns, clockwise"},
        {.name = "radius", .initial = 1.0, .least = 0.0, .most = 8.0, .title = "Radius", .help = "1 reaches from the middle to the nearer edges"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        warpFilterParam(),
        warpEdgesParam(Edge::Mirror),
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
