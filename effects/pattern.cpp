// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/effect/effect.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

constexpr std::string_view marks = "xXo?.-";

double strengthOf(char mark)
{
    return mark == 'X' ? 1.0 : mark == 'x' || mark == '?' ? 0.75
        : mark == 'o'                                     ? 0.4
                                                          : 0.0;
}

std::string stepsOf(const Call& call)
{
    std::string steps = call.args.text("steps");
    std::erase_if(steps, [](char c) { return c == ' ' || c == '|'; });
    return steps;
}

Result<void> facts(const Call& call, std::span<StreamFacts>)
{
    const std::string steps = stepsOf(call);
    if (const auto odd = steps.find_first_not_of(marks); odd != std::string::npos)
        return fail(Fault::BadInput, "steps: '" + steps.substr(odd, 1) + "' is no step; write x, X (strong), o (weak), ? (by chance) or . (rest)");
    if (steps.empty())
        return fail(Fault::BadInput, "steps: there is none; write x, X (strong), o (weak), ? (by chance) or . (rest)");
    return {};
}

void events(const Call& call, Flicks from, Flicks to, std::vector<Event>& out)
{
    const std::string steps = stepsOf(call);
    const double step = 60.0 / call.args.real("tempo") / static_cast<double>(call.args.integer("division"));
    const double swing = call.args.real("swing"), chance = call.args.real("chance");
    const auto seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    // Swing delays by less than a step, so that the order of steps is the order of events.
    const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(secondsOfFlicks(from) / step)) - 1);
    for (std::int64_t k = first;; ++k) {
        const Flicks time = flicksOfSeconds((static_cast<double>(k) + (k % 2 == 1 ? swing * 0.5 : 0.0)) * step);
        if (time >= to)
            return;
        const char mark = steps[static_cast<std::size_t>(k) % steps.size()];
        const bool plays = mark != '?' || randomUnit(seed, static_cast<std::uint64_t>(k)) < chance;
        if (time >= from && plays && strengthOf(mark) > 0)
            out.push_back({time, strengthOf(mark)});
    }
}

} // namespace

extern const Effect effect_pattern;
const Effect effect_pattern{
    .name = "pattern",
    .title = "Pattern",
    .help = "Events on the grid of a tempo, written as a row of steps that repeats. With x on every step it is a metronome.",
    .tags = {"signal", "source"},
    .synonyms = {"metronome", "sequencer", "steps", "rhythm", "beat", "clock", "trigger", "click"},
    .outputs = {{.name = "events", .type = PortType::Events, .title = "Events"}},
    .params = {
        {.name = "steps", .kind = ParamKind::Text, .initial = std::string("x..."), .title = "Steps", .help = "One character a step: x plays, X strong, o weak, ? by chance, . rests; spaces and bars are for the eye", .animatable = false},
        {.name = "tempo", .initial = 120.0, .least = 20.0, .most = 400.0, .step = 1.0, .unit = "BPM", .title = "Tempo", .animatable = false},
        {.name = "division", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 16, .title = "Division", .help = "Steps in a beat", .animatable = false},
        {.name = "swing", .initial = 0.0, .least = 0.0, .most = 1.0, .title = "Swing", .help = "Delays every second step; 0.66 is a triplet feel", .animatable = false},
        {.name = "chance", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Chance", .help = "How many of the ? steps play", .animatable = false},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the ? steps", .animatable = false},
    },
    .timeDependent = true,
    .facts = facts,
    .events = events,
};

} // namespace artdag
