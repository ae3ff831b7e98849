// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/effect/glide.h"

#include <algorithm>

namespace artdag {
namespace {

/// The events up to now that the value may still depend on: back to one before which nothing happened for `rest`.
std::vector<Event> lastEvents(const Call& call, int input, Flicks time, Flicks rest)
{
    std::vector<Event> events;
    for (Flicks back = 2 * flicksPerSecond + 2 * rest;; back *= 4) {
        events = call.signals->events(input, std::max<Flicks>(time - back, 0), time + 1);
        if (back > time)
            return events;
        for (std::size_t i = events.size(); i-- > 1;)
            if (events[i].time - events[i - 1].time >= rest)
                return events;
    }
}

double signal(const Call& call, Flicks time)
{
    const int input = call.input("signal");
    const Flicks glide = call.args.time("glide");
    const std::vector<Event> events = lastEvents(call, call.input("events"), time, glide);
    return glided(std::span<const Event>(events), time, glide, call.args.real("initial"), [&](std::size_t i) { return call.signals->signal(input, events[i].time); });
}

} // namespace

extern const Effect effect_sample_hold;
const Effect effect_sample_hold{
    .name = "sample_hold",
    .title = "Sample and hold",
    .help = "At each event it takes the value that the signal has then, and holds it until the next: another random colour on every beat.",
    .tags = {"signal", "events"},
    .synonyms = {"s&h", "latch", "freeze value", "hold CHOP", "random on beat", "step"},
    .inputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}, {.name = "events", .type = PortType::Events, .title = "Events"}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "initial", .initial = 0.0, .least = -1e6, .most = 1e6, .title = "Initial", .help = "Before the first event"},
        {.name = "glide", .kind = ParamKind::Time, .initial = Moment{0}, .least = 0.0, .most = 10.0, .unit = "s", .title = "Glide", .help = "How long it takes to the next value; 0 jumps", .animatable = false},
    },
    .signal = signal,
};

} // namespace artdag
