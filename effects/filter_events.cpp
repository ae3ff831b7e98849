// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

void events(const Call& call, Flicks from, Flicks to, std::vector<Event>& out)
{
    const Flicks delay = flicksOfSeconds(call.args.real("delay"));
    const std::int64_t every = call.args.integer("every"), first = call.args.integer("first") - 1;
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const double least = call.args.real("least"), chance = call.args.real("chance");
    std::int64_t index = 0; // among those that are strong enough, from the beginning
    for (const Event& event : call.signals->events(call.input("events"), 0, to - delay)) {
        if (event.strength < least)
            continue;
        const std::int64_t number = index++;
        const bool counts = number >= first && (number - first) % every == 0;
        if (counts && event.time + delay >= from && randomUnit(seed, static_cast<std::uint64_t>(number)) < chance)
            out.push_back({event.time + delay, event.strength});
    }
}

} // namespace

extern const Effect effect_filter_events;
const Effect effect_filter_events{
    .name = "filter_events",
    .title = "Filter events",
    .help = "Lets only some events through: every second, the strong ones, some by chance; and moves them in time.",
    .tags = {"signal", "events"},
    .synonyms = {"divide", "clock divider", "every nth", "skip", "probability", "delay events", "thin out", "gate"},
    .inputs = {{.name = "events", .type = PortType::Events, .title = "Events"}},
    .outputs = {{.name = "events", .type = PortType::Events, .title = "Events"}},
    .params = {
        {.name = "every", .kind = ParamKind::Integer, .initial = std::int64_t{2}, .least = 1, .most = 1000, .title = "Every", .help = "2 lets every second one through; 1 all of them", .animatable = false},
        {.name = "first", .kind = ParamKind::Integer, .initial = std::int64_t{1}, .least = 1, .most = 1000, .title = "First", .help = "The number of the first one that comes through", .animatable = false},
        {.name = "least", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Least strength", .help = "Weaker ones are not even counted", .animatable = false},
        {.name = "chance", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Chance", .help = "How many of the rest come through", .animatable = false},
        {.name = "delay", .initial = 0.0, .least = -10.0, .most = 10.0, .step = 0.01, .unit = "s", .title = "Delay", .help = "Later, or with less than 0 sooner", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the chance", .animatable = false},
    },
    .events = events,
};

} // namespace artdag
