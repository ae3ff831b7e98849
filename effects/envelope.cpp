// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

/// Straight lines; all in seconds but `sustain`.
struct Shape {
    double attack = 0, decay = 0, sustain = 0, length = 0, release = 0;

    [[nodiscard]] double held(double age) const
    {
        if (age < attack)
            return age / attack;
        if (age < attack + decay)
            return 1.0 + (sustain - 1.0) * (age - attack) / decay;
        return sustain;
    }
    [[nodiscard]] double at(double age) const
    {
        if (age < length)
            return held(age);
        return age < length + release ? held(length) * (1.0 - (age - length) / release) : 0.0;
    }
};

double signal(const Call& call, Flicks time)
{
    const auto seconds = [&](std::string_view name) { return secondsOfFlicks(call.args.time(name)); };
    const Shape shape{seconds("attack"), seconds("decay"), call.args.real("sustain"), seconds("length"), seconds("release")};
    double loudest = 0.0;
    for (const Event& event : call.signals->events(call.input("events"), time - flicksOfSeconds(shape.length + shape.release), time + 1))
        loudest = std::max(loudest, event.strength * shape.at(secondsOfFlicks(time - event.time)));
    return loudest;
}

Param time(std::string_view name, std::string_view title, double seconds, std::string_view help)
{
    return {.name = name, .kind = ParamKind::Time, .initial = Moment{flicksOfSeconds(seconds)}, .least = 0.0, .most = 10.0, .unit = "s", .title = title, .help = help};
}

} // namespace

extern const Effect effect_envelope;
const Effect effect_envelope{
    .name = "envelope",
    .title = "Envelope",
    .help = "A rise and fall at each event: attack, decay to the sustain level, and release when the length is over. Where two overlap, the higher one counts.",
    .tags = {"signal"},
    .synonyms = {"adsr", "attack decay sustain release", "impulse", "trigger"},
    .inputs = {{.name = "events", .type = PortType::Events, .title = "Events"}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        time("attack", "Attack", 0.02, "Until the peak"),
        time("decay", "Decay", 0.1, "From the peak to the sustain level"),
        {.name = "sustain", .initial = 0.5, .least = 0.0, .most = 1.0, .title = "Sustain", .help = "Level after the decay, as a part of the peak"},
        time("length", "Length", 0.2, "From the event to the release"),
        time("release", "Release", 0.2, "From there to 0"),
    },
    .signal = signal,
};

} // namespace artdag
