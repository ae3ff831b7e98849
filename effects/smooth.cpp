// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

double signal(const Call& call, Flicks time)
{
    const int input = call.input("signal");
    const Flicks frame = timeOfFrame(1, call.canvas.rate);
    const std::int64_t sides = (call.args.time("time") + frame) / (2 * frame); // frames to each side
    double sum = 0.0;
    for (std::int64_t step = -sides; step <= sides; ++step)
        sum += call.signals->signal(input, time + step * frame);
    return sum / static_cast<double>(2 * sides + 1);
}

} // namespace

extern const Effect effect_smooth;
const Effect effect_smooth{
    .name = "smooth",
    .title = "Smooth",
    .help = "Calms a signal: the mean of it over a length of time around each frame, so that it does not lag behind.",
    .tags = {"signal"},
    .synonyms = {"lag", "average", "low pass", "filter", "soften"},
    .inputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {{.name = "time", .kind = ParamKind::Time, .initial = Moment{flicksPerSecond / 4}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Time", .animatable = false}},
    .signal = signal,
};

} // namespace artdag
