// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"
#include "core/effect/glide.h"

#include <algorithm>

namespace artdag {
namespace {

enum End {
    Around,
    Back,
    Stop,
};

/// What was counted, kept within 0 … `limit`.
double kept(int end, double value, double limit)
{
    if (limit <= 0.0)
        return value;
    switch (end) {
    case Back: {
        const double turned = exact::fmod(value, 2.0 * limit);
        return turned > limit ? 2.0 * limit - turned : turned;
    }
    case Stop: return std::clamp(value, 0.0, limit);
    default: return exact::fmod(value, limit);
    }
}

double signal(const Call& call, Flicks time)
{
    Flicks from = 0;
    if (const int reset = call.input("reset"); reset >= 0)
        if (const std::vector<Event> resets = call.signals->events(reset, 0, time + 1); !resets.empty())
            from = resets.back().time;
    const std::vector<Event> events = call.signals->events(call.input("events"), from, time + 1);
    const double start = call.args.real("start"), step = call.args.real("step"), limit = call.args.real("limit");
    const int end = call.args.choice("end");
    const auto after = [&](std::size_t count) { return start + kept(end, step * static_cast<double>(count), limit); };
    return glided(std::span<const Event>(events), time, call.args.time("glide"), after(0), [&](std::size_t i) { return after(i + 1); });
}

} // namespace

extern const Effect effect_counter;
const Effect effect_counter{
    .name = "counter",
    .title = "Counter",
    .help = "Counts events: each adds a step. With a limit it goes round, there and back, or stops: a quarter turn on every beat, the next of four pictures.",
    .tags = {"signal", "events"},
    .synonyms = {"count", "step sequencer", "accumulate", "index", "modulo", "count CHOP"},
    .inputs = {{.name = "events", .type = PortType::Events, .title = "Events"}, {.name = "reset", .type = PortType::Events, .title = "Begin again", .optional = true}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "start", .initial = 0.0, .least = -1e6, .most = 1e6, .step = 1.0, .title = "Start", .help = "Before the first event"},
        {.name = "step", .initial = 1.0, .least = -1e6, .most = 1e6, .step = 1.0, .title = "Step", .help = "What each event adds"},
        {.name = "limit", .initial = 0.0, .least = 0.0, .most = 1e6, .step = 1.0, .title = "Limit", .help = "How far above the start it counts; 0: on and on"},
        {.name = "end", .kind = ParamKind::Choice, .initial = std::int64_t{Around}, .title = "At the limit", .help = "It begins again at the start, so that it never is at the limit; or turns back; or stays there", .choices = {"around", "back", "stop"}, .animatable = false},
        {.name = "glide", .kind = ParamKind::Time, .initial = Moment{0}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Glide", .help = "How long a step takes; 0 jumps", .animatable = false},
    },
    .signal = signal,
};

} // namespace artdag
