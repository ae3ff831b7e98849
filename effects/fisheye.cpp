// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/warp_params.h"
#include "core/picture/function_table.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Projection {
    Equidistant,
    Equisolid,
    Stereographic,
    Orthographic,
};

/// Distance from the axis at which a lens shows what comes in at an angle, in focal lengths.
double shownAt(int projection, double angle)
{
    switch (projection) {
    case Equisolid: return 2.0 * exact::sin(angle / 2.0);
    case Stereographic: return 2.0 * exact::tan(angle / 2.0);
    case Orthographic: return exact::sin(angle);
    default: return angle;
    }
}

double arcSine(double sine)
{
    sine = std::min(sine, 1.0);
    return exact::atan2(sine, std::sqrt(1.0 - sine * sine));
}

/// The angle that is shown at such a distance.
double angleAt(int projection, double distance)
{
    switch (projection) {
    case Equisolid: return 2.0 * arcSine(distance / 2.0);
    case Stereographic: return 2.0 * exact::atan(distance / 2.0);
    case Orthographic: return arcSine(distance);
    default: return distance;
    }
}

struct Fisheye {
    double x, y, radius; ///< px; at the radius everything stays where it is
    FunctionTable scale; ///< of a distance from the centre, by the distance in radii

    explicit Fisheye(const FrameCall& call)
        : x(call.args.vec2("centre").x * call.out.width),
          y(call.args.vec2("centre").y * call.out.height),
          radius(call.args.real("radius") * 0.5 * std::sqrt(static_cast<double>(call.out.width) * call.out.width + static_cast<double>(call.out.height) * call.out.height)),
          scale(farthest(call), 512 + static_cast<int>(std::min(farthest(call), 16.0) * 1024.0), [&](double distance) { return scaleAt(call, std::max(distance, 1e-4)); })
    {
    }
    /// How many radii the picture reaches from the centre.
    static double farthest(const FrameCall& call)
    {
        const Vec2 centre = call.args.vec2("centre");
        const double across = std::max(centre.x, 1.0 - centre.x) * call.out.width, down = std::max(centre.y, 1.0 - centre.y) * call.out.height;
        const double diagonal = std::sqrt(static_cast<double>(call.out.width) * call.out.width + static_cast<double>(call.out.height) * call.out.height);
        return (std::sqrt(across * across + down * down) + 2.0) / (call.args.real("radius") * 0.5 * diagonal);
    }
    static double scaleAt(const FrameCall& call, double distance)
    {
        constexpr double widest = 89.0 * exact::pi / 180.0; // beyond, a flat picture has nothing to show
        const int projection = call.args.choice("projection");
        const double rim = call.args.real("view") * (exact::pi / 360.0);
        const double flat = exact::tan(rim), round = shownAt(projection, rim);
        if (call.args.boolean("straighten"))
            return shownAt(projection, exact::atan(distance * flat)) / (round * distance);
        return exact::tan(std::min(angleAt(projection, distance * round), widest)) / (flat * distance);
    }

    void place(int x0, int row, int n, double* u, double* v) const
    {
        const double dy = row + 0.5 - y, perPixel = 1.0 / radius;
        for (int i = 0; i < n; ++i) {
            const double dx = x0 + i + 0.5 - x;
            const double factor = scale.at(std::sqrt(dx * dx + dy * dy) * perPixel);
            u[i] = x + dx * factor;
            v[i] = y + dy * factor;
        }
    }
};

int passes(const FrameCall& call)
{
    return call.args.real("view") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    if (passes(call) == 0)
        return out;
    const Fisheye fisheye(call);
    const WarpBounds bounds = centresOf(out);
    const DistanceRange distances = distancesFrom(bounds, fisheye.x, fisheye.y);
    const auto range = fisheye.scale.between(distances.least / fisheye.radius, distances.most / fisheye.radius);
    return warpRegion(warpRulesOf(call), grownBy(scaledAbout(bounds, fisheye.x, fisheye.y, range.least, range.most), 1.0, 1.0));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Fisheye fisheye(call);
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { fisheye.place(x, y, n, u, v); });
    return {};
}

} // namespace

extern const Effect effect_fisheye;
const Effect effect_fisheye{
    .name = "fisheye",
    .title = "Fisheye",
    .help = "Shows a picture as a very wide lens would: the middle comes near, the rim bends around it. Straighten makes a fisheye's picture flat again.",
    .tags = {"transform", "warp"},
    .synonyms = {"wide angle", "bulge", "spherize", "optics compensation", "v360", "defish", "door viewer", "action camera"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "view", .initial = 130.0, .least = 0.0, .most = 170.0, .step = 1.0, .unit = "deg", .title = "Field of view", .help = "From rim to rim; 0 changes nothing"},
        {.name = "projection", .kind = ParamKind::Choice, .initial = std::int64_t{Equidistant}, .title = "Projection", .help = "How the lens draws angles: evenly, by equal areas, keeping shapes, or as a mirror ball", .choices = {"equidistant", "equisolid", "stereographic", "orthographic"}, .animatable = false},
        {.name = "straighten", .kind = ParamKind::Boolean, .initial = false, .title = "Straighten", .help = "The way back: a fisheye's picture becomes flat", .animatable = false},
        {.name = "radius", .initial = 1.0, .least = 0.1, .most = 4.0, .title = "Radius", .help = "Of the rim, which stays where it is; 1 goes through the corners"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -1.0, .most = 2.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        warpFilterParam(),
        warpEdgesParam(Edge::Clamp),
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
