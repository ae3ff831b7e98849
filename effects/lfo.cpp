// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"

#include <cmath>

namespace artdag {
namespace {

enum Shape {
    Sine,
    Triangle,
    Square,
    Saw,
    Random,
};

/// 0–1 at `u` (0–1) of cycle number `cycle`.
double wave(int shape, double u, double cycle, std::uint64_t seed)
{
    switch (shape) {
    case Sine: return 0.5 + 0.5 * exact::sin(2.0 * exact::pi * u);
    case Triangle: return u < 0.5 ? 2.0 * u : 2.0 - 2.0 * u;
    case Square: return u < 0.5 ? 1.0 : 0.0;
    case Saw: return u;
    default: return randomUnit(seed, static_cast<std::uint64_t>(static_cast<std::int64_t>(cycle)));
    }
}

double signal(const Call& call, Flicks time)
{
    const double cycles = secondsOfFlicks(time) * call.args.real("frequency") + call.args.real("phase") / 360.0;
    const double cycle = std::floor(cycles);
    const double unit = wave(call.args.choice("shape"), cycles - cycle, cycle, static_cast<std::uint64_t>(call.args.integer("seed")));
    const double low = call.args.real("low");
    return low + (call.args.real("high") - low) * unit;
}

} // namespace

extern const Effect effect_lfo;
const Effect effect_lfo{
    .name = "lfo",
    .title = "LFO",
    .help = "A wave that swings between two values: sine, triangle, square, saw, or another random value each cycle. Bind any argument to it.",
    .tags = {"signal"},
    .synonyms = {"oscillator", "low frequency oscillator", "wave", "wobble", "pulse", "modulator"},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Sine}, .title = "Shape", .choices = {"sine", "triangle", "square", "saw", "random"}},
        {.name = "frequency", .initial = 1.0, .least = 0.0, .most = 100.0, .step = 0.1, .unit = "Hz", .title = "Frequency", .help = "Cycles a second", .animatable = false},
        {.name = "phase", .kind = ParamKind::Angle, .initial = 0.0, .least = -360.0, .most = 360.0, .step = 1.0, .unit = "deg", .title = "Phase", .help = "Where in the wave it begins"},
        {.name = "low", .initial = 0.0, .least = -1e6, .most = 1e6, .title = "Low"},
        {.name = "high", .initial = 1.0, .least = -1e6, .most = 1e6, .title = "High"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the random values", .animatable = false},
    },
    .timeDependent = true,
    .signal = signal,
};

} // namespace artdag
