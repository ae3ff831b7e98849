// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/warp_params.h"
#include "core/picture/affine.h"
#include "core/picture/function_table.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Shape {
    Sine,
    Triangle,
    Square,
    Sawtooth,
};

/// One wave over t in 0–1, −1 … 1.
double waveAt(int shape, double t)
{
    switch (shape) {
    case Triangle: return t < 0.25 ? 4.0 * t : t < 0.75 ? 2.0 - 4.0 * t
                                                        : 4.0 * t - 4.0;
    case Square: return t < 0.5 ? 1.0 : -1.0;
    case Sawtooth: return 2.0 * t - 1.0;
    default: return exact::sin(2.0 * exact::pi * t);
    }
}

/// In turns, 0–1: the waves run on in their direction as it grows.
double phaseOf(const FrameCall& call)
{
    return exact::fmod(call.args.real("phase") / 360.0 + call.args.real("speed") * call.t(), 1.0);
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(phaseOf(call));
}

struct Wave {
    double alongX, alongY, start; ///< waves for each px, and at the origin
    double moveX, moveY;          ///< px, at the crest
    FunctionTable shape;

    explicit Wave(const FrameCall& call)
        : shape(1.0, 1024, [&](double t) { return waveAt(call.args.choice("shape"), t); })
    {
        const Turn direction = turnOf(call.args.real("direction"));
        const double waves = 1.0 / std::max(call.px("wavelength"), 1e-3), height = call.px("height");
        alongX = direction.cosine * waves;
        alongY = direction.sine * waves;
        // Counted from the middle, so that the picture keeps its look when the canvas grows.
        start = -alongX * call.out.width * 0.5 - alongY * call.out.height * 0.5 - phaseOf(call);
        const bool across = call.args.choice("motion") == 0;
        moveX = height * (across ? -direction.sine : direction.cosine);
        moveY = height * (across ? direction.cosine : direction.sine);
    }
    void place(int x0, int row, int n, double* u, double* v) const
    {
        const double y = row + 0.5, here = alongY * y + start;
        for (int i = 0; i < n; ++i) {
            const double x = x0 + i + 0.5;
            const double waves = alongX * x + here;
            auto whole = static_cast<double>(static_cast<long>(waves));
            whole = whole > waves ? whole - 1.0 : whole;
            const double move = shape.at(waves - whole);
            u[i] = x + moveX * move;
            v[i] = y + moveY * move;
        }
    }
};

int passes(const FrameCall& call)
{
    return call.args.real("height") == 0.0 ? 0 : -1;
}

Rect region(const FrameCall& call, std::size_t, Rect out)
{
    const Wave wave(call);
    return warpRegion(warpRulesOf(call), grownBy(centresOf(out), std::abs(wave.moveX), std::abs(wave.moveY)));
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const Wave wave(call);
    warp(inputs[0], warpRulesOf(call), out, [&](int x, int y, int n, double* u, double* v) { wave.place(x, y, n, u, v); });
    return {};
}

} // namespace

extern const Effect effect_wave;
const Effect effect_wave{
    .name = "wave",
    .title = "Wave",
    .help = "Waves run through the picture in one direction, as through a flag or heated air; square waves cut it into stripes.",
    .tags = {"transform", "warp"},
    .synonyms = {"wave warp", "wiggle", "flag", "sine", "heat haze", "undulate"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Sine}, .title = "Shape", .choices = {"sine", "triangle", "square", "sawtooth"}, .animatable = false},
        {.name = "height", .initial = 24.0, .least = -1000.0, .most = 1000.0, .step = 1.0, .unit = "px", .title = "Height", .help = "How far a crest moves the picture; 0 changes nothing"},
        {.name = "wavelength", .initial = 360.0, .least = 2.0, .most = 8192.0, .step = 1.0, .unit = "px", .title = "Wavelength", .help = "From crest to crest"},
        {.name = "direction", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Direction", .help = "In which the waves run: 0 to the right, 90 down"},
        {.name = "motion", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Motion", .help = "Whether the picture moves across the direction, or along it", .choices = {"across", "along"}, .animatable = false},
        {.name = "speed", .initial = 0.5, .least = -30.0, .most = 30.0, .step = 0.05, .unit = "1/s", .title = "Speed", .help = "Waves a second; negative runs back"},
        {.name = "phase", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Phase", .help = "360 moves the waves on by one"},
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
