// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/warp_params.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace artdag {
namespace {

enum Mode {
    ToPolar,
    ToRectangular,
};

/// Turns clockwise from twelve o'clock, 0–1, y down: an arc tangent within 2e-8 rad (Abramowitz and Stegun 4.4.49).
double turnsOf(double x, double y)
{
    const double across = std::abs(x), down = std::abs(y);
    const double large = std::max(across, down), small = std::min(across, down);
    const double t = small / (large + 1e-300), s = t * t;
    double arc = 0.0028662257;
    for (const double c : {-0.0161657367, 0.0429096138, -0.0752896400, 0.1065626393, -0.1420889944, 0.1999355085, -0.3333314528, 1.0})
        arc = arc * s + c;
    double turns = arc * t * (0.5 / exact::pi);
    turns = across > down ? 0.25 - turns : turns; // from the vertical axis
    turns = y > 0 ? 0.5 - turns : turns;
    return x < 0 ? 1.0 - turns : turns;
}

/// The rectangle's height is the radius, its width one turn.
struct Polar {
    double width, height, x, y, radius, rotation, amount;
    bool bottomInside; ///< the rectangle's lower edge lies in the centre

    explicit Polar(const FrameCall& call)
        : width(call.out.width),
          height(call.out.height),
          x(call.args.vec2("centre").x * width),
          y(call.args.vec2("centre").y * height),
          radius(call.args.real("radius") * 0.5 * std::min(width, height)),
          rotation(exact::fmod(call.args.real("rotation") / 360.0, 1.0)),
          amount(call.args.real("amount")),
          bottomInside(call.args.choice("inside") == 0)
    {
    }
    [[nodiscard]] double depthOf(double distance) const { return bottomInside ? height - distance / radius * height : distance / radius * height; }

    void toPolar(int x0, int row, int n, double* u, double* v) const
    {
        const double py = row + 0.5, dy = py - y;
        for (int i = 0; i < n; ++i) {
            const double px = x0 + i + 0.5, dx = px - x;
            double turns = turnsOf(dx, dy) - rotation;
            turns = turns < 0 ? turns + 1.0 : turns;
            u[i] = px + (turns * width - px) * amount;
            v[i] = py + (depthOf(std::sqrt(dx * dx + dy * dy)) - py) * amount;
        }
    }
    void toRectangular(int x0, int row, int n, double* u, double* v, const std::vector<Turn>& turns, int first) const
    {
        const double py = row + 0.5;
        const double distance = (bottomInside ? height - py : py) / height * radius;
        for (int i = 0; i < n; ++i) {
            const Turn& turn = turns[static_cast<std::size_t>(x0 + i - first)];
            const double px = x0 + i + 0.5;
            u[i] = px + (x + distance * turn.sine - px) * amount;
            v[i] = py + (y - distance * turn.cosine - py) * amount;
        }
    }
};

WarpRules rulesOf(const FrameCall& call)
{
    WarpRules rules = warpRulesOf(call);
    if (call.args.choice("mode") == ToPolar) {
        rules.turn = rules.width * call.args.real("amount");
        rules.edgeX = Edge::Repeat; // once around, both sides meet
    }
    return rules;
}

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

/// All around, as far from the centre as the part reaches.
WarpBounds boundsOf(const Polar& polar, const WarpBounds& centres, bool toPolar)
{
    if (toPolar) {
        const DistanceRange distances = distancesFrom(centres, polar.x, polar.y);
        WarpBounds bounds{0, polar.depthOf(distances.least), polar.width, polar.depthOf(distances.least)};
        bounds.add(0, polar.depthOf(distances.most));
        return bounds;
    }
    const double first = polar.bottomInside ? polar.height - centres.v0 : centres.v0, last = polar.bottomInside ? polar.height - centres.v1 : centres.v1;
    const double reach = std::max(std::abs(first), std::abs(last)) / polar.height * polar.radius;
    return {polar.x - reach, polar.y - reach, polar.x + reach, polar.y + reach};
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Polar polar(call);
    const WarpBounds centres = centresOf(out), bent = boundsOf(polar, centres, call.args.choice("mode") == ToPolar);
    auto mixed = [&](double a, double b) { return a + (b - a) * polar.amount; };
    const WarpBounds bounds{mixed(centres.u0, bent.u0), mixed(centres.v0, bent.v0), mixed(centres.u1, bent.u1), mixed(centres.v1, bent.v1)};
    return warpRegion(rulesOf(call), grownBy(bounds, 0.01, 0.01));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Polar polar(call);
    if (call.args.choice("mode") == ToPolar) {
        warp(inputs[0], rulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { polar.toPolar(x, y, n, u, v); });
        return {};
    }
    std::vector<Turn> turns; // of the columns
    for (int x = out.rect.x0; x <= out.rect.x1; ++x)
        turns.push_back(turnOf(((x + 0.5) / polar.width + polar.rotation) * 360.0));
    warp(inputs[0], rulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { polar.toRectangular(x, y, n, u, v, turns, out.rect.x0); });
    return {};
}

} // namespace

extern const Effect effect_polar;
const Effect effect_polar{
    .name = "polar",
    .title = "Polar",
    .help = "Bends a picture around a point, so that a landscape becomes a little planet, or unrolls such a picture to a strip. The amount goes over from one to the other.",
    .tags = {"transform", "warp"},
    .synonyms = {"polar coordinates", "little planet", "tiny planet", "rectangular to polar", "unwrap", "tunnel"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{ToPolar}, .title = "Mode", .choices = {"rectangular_to_polar", "polar_to_rectangular"}, .animatable = false},
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Amount", .help = "0 leaves the picture as it is"},
        {.name = "inside", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Inside", .help = "Which edge of the rectangle lies in the centre", .choices = {"bottom", "top"}, .animatable = false},
        {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .help = "Clockwise; at 0 the seam points up"},
        {.name = "radius", .initial = 1.0, .least = 0.05, .most = 8.0, .title = "Radius", .help = "Where the rectangle's outer edge lies; 1 reaches from the middle to the nearer edges"},
        {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right"},
        warpFilterParam(),
        warpEdgesParam(Edge::Clamp),
    },
    .access = Access::Gather,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
