// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Shape {
    Smooth,
    Linear,
    Steps,
};

/// −1 … 1 at `place` of a row of random values, which repeats after `period` of them; 0: never.
double valueAt(int shape, std::uint64_t seed, std::uint64_t octave, double place, std::int64_t period)
{
    const double cell = std::floor(place), u = place - cell;
    const auto random = [&](std::int64_t index) {
        if (period > 0)
            index = ((index % period) + period) % period;
        return 2.0 * randomUnit(seed, octave, static_cast<std::uint64_t>(index)) - 1.0;
    };
    const auto index = static_cast<std::int64_t>(cell);
    const double from = random(index), to = random(index + 1);
    if (shape == Steps)
        return from;
    return from + (to - from) * (shape == Smooth ? u * u * u * (u * (6.0 * u - 15.0) + 10.0) : u);
}

double signal(const Call& call, Flicks time)
{
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const double seconds = secondsOfFlicks(time), loop = secondsOfFlicks(call.args.time("loop")), roughness = call.args.real("roughness");
    const int shape = call.args.choice("shape");
    double frequency = call.args.real("frequency"), weight = 1.0, all = 0.0, sum = 0.0;
    for (std::int64_t octave = 0; octave < call.args.integer("octaves"); ++octave) {
        // A loop takes a whole number of values, so that its end meets its beginning.
        const auto period = loop > 0.0 ? std::max<std::int64_t>(1, static_cast<std::int64_t>(frequency * loop + 0.5)) : 0;
        const double place = loop > 0.0 ? seconds / loop * static_cast<double>(period) : seconds * frequency;
        sum += weight * valueAt(shape, seed, static_cast<std::uint64_t>(octave), place, period);
        all += weight;
        weight *= roughness;
        frequency *= 2.0;
    }
    const double low = call.args.real("low");
    return low + (call.args.real("high") - low) * (0.5 + 0.5 * sum / all);
}

} // namespace

extern const Effect effect_noise_signal;
const Effect effect_noise_signal{
    .name = "noise_signal",
    .title = "Noise signal",
    .help = "Wanders between two values without ever repeating, or in a loop: the unrest of a hand, a flame, the wind. More octaves add faster and smaller moves.",
    .tags = {"signal", "source"},
    .synonyms = {"wiggle", "random", "perlin noise", "jitter", "wander", "drift", "noise CHOP"},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "frequency", .initial = 1.0, .least = 0.0, .most = 100.0, .step = 0.1, .unit = "Hz", .title = "Frequency", .help = "New values a second", .animatable = false},
        {.name = "low", .initial = 0.0, .least = -1e6, .most = 1e6, .title = "Low"},
        {.name = "high", .initial = 1.0, .least = -1e6, .most = 1e6, .title = "High"},
        {.name = "octaves", .kind = ParamKind::Integer, .initial = std::int64_t{2}, .least = 1, .most = 8, .title = "Octaves", .help = "Each is twice as fast", .animatable = false},
        {.name = "roughness", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Roughness", .help = "How strong each octave is beside the one before"},
        {.name = "shape", .kind = ParamKind::Choice, .initial = std::int64_t{Smooth}, .title = "Shape", .help = "How it goes from one value to the next", .choices = {"smooth", "linear", "steps"}, .animatable = false},
        {.name = "loop", .kind = ParamKind::Time, .initial = Moment{0}, .least = 0.0, .most = 3600.0, .unit = "s", .title = "Loop", .help = "After this time it begins again without a jump; 0: never", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .animatable = false},
    },
    .timeDependent = true,
    .signal = signal,
};

} // namespace artdag
