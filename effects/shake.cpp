// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/warp_params.h"
#include "core/picture/affine.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Motion {
    Across,
    Down,
    Turning,
    Zooming,
};

/// Smooth noise over time in seconds, about −1 … 1, whose octaves are normalised so that more of them do not shake farther. The
/// frame rate does not enter: at 60 frames a second the same path has more points.
double pathAt(const FrameCall& call, Motion motion)
{
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const double roughness = call.args.real("roughness");
    double sum = 0.0, weight = 1.0, all = 0.0, beat = call.t() * call.args.real("frequency");
    for (std::int64_t octave = 0; octave < call.args.integer("octaves"); ++octave) {
        const double place = beat + 0.37 * static_cast<double>(octave); // knots of octaves do not meet
        const double floor = exact::floor(place), t = place - floor;
        auto knot = [&](int next) { return 2.0 * randomUnit(seed, static_cast<std::uint64_t>(motion), static_cast<std::uint64_t>(octave), static_cast<std::uint64_t>(static_cast<std::int64_t>(floor) + next)) - 1.0; };
        const double p0 = knot(-1), p1 = knot(0), p2 = knot(1), p3 = knot(2);
        // Catmull–Rom through the knots: a hand does not stop at each of them.
        sum += weight * (p1 + 0.5 * t * (p2 - p0 + t * (2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3 + t * (3.0 * (p1 - p2) + p3 - p0))));
        all += weight;
        weight *= roughness;
        beat *= 2.0;
    }
    return sum / all;
}

Affine toSource(const FrameCall& call)
{
    const double amount = call.args.real("amount");
    const Vec2 position = call.args.vec2("position");
    const double dx = amount * position.x * call.canvas.scale * pathAt(call, Across), dy = amount * position.y * call.canvas.scale * pathAt(call, Down);
    const double angle = amount * call.args.real("rotation") * pathAt(call, Turning);
    const double size = exact::exp(amount * call.args.real("zoom") * pathAt(call, Zooming));
    if (dx == 0 && dy == 0 && angle == 0 && size == 1.0)
        return {};
    const double x = call.out.width * 0.5, y = call.out.height * 0.5;
    Affine map = chained(moved(-x, -y), scaled(size, size));
    map = chained(map, turned(angle));
    return inverted(chained(map, moved(x + dx, y + dy)));
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    const Affine map = toSource(call);
    out.insert(out.end(), {map.xx, map.xy, map.x0, map.yx, map.yy, map.y0});
}

int passes(const FrameCall& call)
{
    return toSource(call) == Affine{} ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Affine map = toSource(call);
    const WarpBounds centres = centresOf(out);
    WarpBounds bounds{map.mapX(centres.u0, centres.v0), map.mapY(centres.u0, centres.v0), map.mapX(centres.u0, centres.v0), map.mapY(centres.u0, centres.v0)};
    for (const double x : {centres.u0, centres.u1})
        for (const double y : {centres.v0, centres.v1})
            bounds.add(map.mapX(x, y), map.mapY(x, y));
    return warpRegion(warpRulesOf(call), bounds);
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    const Affine map = toSource(call);
    if (map == Affine{}) {
        copy(inputs[0], out);
        return {};
    }
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) {
        for (int i = 0; i < n; ++i) {
            u[i] = map.mapX(x + i + 0.5, y + 0.5);
            v[i] = map.mapY(x + i + 0.5, y + 0.5);
        }
    });
    return {};
}

} // namespace

extern const Effect effect_shake;
const Effect effect_shake{
    .name = "shake",
    .title = "Shake",
    .help = "A camera in an unsteady hand: the picture wanders, tilts and breathes. Lead the amount by a beat for impacts; each seed is another walk.",
    .tags = {"transform"},
    .synonyms = {"camera shake", "wiggle", "handheld", "jitter", "earthquake", "gate weave", "tremor"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "amount", .initial = 1.0, .least = 0.0, .most = 10.0, .title = "Amount", .help = "Of all motions together; 0 is a tripod"},
        {.name = "position", .kind = ParamKind::Size, .initial = Vec2{40, 28}, .least = 0.0, .most = 2000.0, .step = 1.0, .unit = "px", .title = "Position", .help = "How far it wanders to either side, and up and down"},
        {.name = "rotation", .initial = 1.2, .least = 0.0, .most = 180.0, .step = 0.1, .unit = "deg", .title = "Rotation", .help = "How far it tilts to either side"},
        {.name = "zoom", .initial = 0.015, .least = 0.0, .most = 1.0, .step = 0.005, .title = "Zoom", .help = "How far it comes near and goes away, as a part of the size"},
        {.name = "frequency", .initial = 2.5, .least = 0.0, .most = 60.0, .step = 0.1, .unit = "Hz", .title = "Frequency", .help = "Changes of direction a second, about", .animatable = false},
        {.name = "octaves", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = 6, .step = 1, .title = "Octaves", .help = "Layers of finer and faster tremor"},
        {.name = "roughness", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Roughness", .help = "How strong each finer layer is against the one before"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed"},
        warpFilterParam(),
        warpEdgesParam(Edge::Mirror),
    },
    .access = Access::Gather,
    .moment = moment,
    .passes = passes,
    .region = region,
    .render = render,
};

} // namespace artdag
