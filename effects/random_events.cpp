// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

void events(const Call& call, Flicks from, Flicks to, std::vector<Event>& out)
{
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    const double length = 1.0 / call.args.real("rate"), freedom = 1.0 - call.args.real("regularity");
    const double chance = call.args.real("chance"), weakest = call.args.real("weakest");
    // One event in each stretch of time, so that their order is that of the stretches.
    const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(secondsOfFlicks(from) / length)) - 1);
    for (std::int64_t k = first;; ++k) {
        const auto stretch = static_cast<std::uint64_t>(k);
        const Flicks time = flicksOfSeconds((static_cast<double>(k) + freedom * randomUnit(seed, stretch, 0)) * length);
        if (time >= to)
            return;
        if (time >= from && randomUnit(seed, stretch, 1) < chance)
            out.push_back({time, weakest + (1.0 - weakest) * randomUnit(seed, stretch, 2)});
    }
}

} // namespace

extern const Effect effect_random_events;
const Effect effect_random_events{
    .name = "random_events",
    .title = "Random events",
    .help = "Events that nobody expects: drops of rain, sparks, glitches. They never crowd, and with Regularity they come nearer to a clock.",
    .tags = {"signal", "events", "source"},
    .synonyms = {"random trigger", "poisson", "sparks", "scatter", "chance", "random pulse"},
    .outputs = {{.name = "events", .type = PortType::Events, .title = "Events"}},
    .params = {
        {.name = "rate", .initial = 2.0, .least = 0.01, .most = 100.0, .step = 0.1, .unit = "/s", .title = "Rate", .help = "Events a second, on average", .animatable = false},
        {.name = "regularity", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Regularity", .help = "1 is a clock", .animatable = false},
        {.name = "chance", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Chance", .help = "How many of them happen; less leaves gaps", .animatable = false},
        {.name = "weakest", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Weakest", .help = "Strengths lie between this and 1", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .animatable = false},
    },
    .timeDependent = true,
    .events = events,
};

} // namespace artdag
