// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>
#include <optional>

namespace artdag {
namespace {

enum Direction {
    Rising,
    Falling,
    Both,
};

/// Crossings of a threshold, each found from the values around it alone. Values are those at frames.
class Crossings {
public:
    explicit Crossings(const Call& call)
        : m_call(call),
          m_input(call.input("signal")),
          m_threshold(call.args.real("threshold")),
          m_margin(call.args.real("margin")) {}

    /// The instant between frame − 1 and frame at which the signal goes up (or down) through the threshold, after having been
    /// further than the margin on the other side since it was there last.
    [[nodiscard]] std::optional<Flicks> at(std::int64_t frame, bool up) const
    {
        const double before = above(frame - 1, up), now = above(frame, up);
        if (before >= 0.0 || now < 0.0)
            return {};
        for (std::int64_t back = frame - 1; above(back, up) > -m_margin; --back)
            if (back <= 0 || above(back, up) >= 0.0)
                return {};
        const Flicks from = timeOfFrame(frame - 1, m_call.canvas.rate), to = timeOfFrame(frame, m_call.canvas.rate);
        return from + static_cast<Flicks>(static_cast<double>(to - from) * (before / (before - now)));
    }

private:
    [[nodiscard]] double above(std::int64_t frame, bool up) const
    {
        const double value = m_call.signals->signal(m_input, timeOfFrame(frame, m_call.canvas.rate)) - m_threshold;
        return up ? value : -value;
    }

    const Call& m_call;
    int m_input;
    double m_threshold, m_margin;
};

void events(const Call& call, Flicks from, Flicks to, std::vector<Event>& out)
{
    const Crossings crossings(call);
    const int direction = call.args.choice("direction");
    const double strength = call.args.real("strength");
    for (std::int64_t frame = std::max<std::int64_t>(1, frameAt(std::max<Flicks>(from, 0), call.canvas.rate)); timeOfFrame(frame - 1, call.canvas.rate) < to; ++frame)
        for (const bool up : {true, false})
            if (direction == Both || (direction == Rising) == up)
                if (const auto time = crossings.at(frame, up); time && *time >= from && *time < to)
                    out.push_back({*time, strength});
}

} // namespace

extern const Effect effect_trigger;
const Effect effect_trigger{
    .name = "trigger",
    .title = "Trigger",
    .help = "An event where a signal goes through a threshold: when it gets loud, when the picture turns dark.",
    .tags = {"signal", "events"},
    .synonyms = {"threshold", "crossing", "comparator", "schmitt trigger", "gate", "trigger CHOP"},
    .inputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .outputs = {{.name = "events", .type = PortType::Events, .title = "Events"}},
    .params = {
        {.name = "threshold", .initial = 0.5, .least = -1e6, .most = 1e6, .title = "Threshold", .animatable = false},
        {.name = "direction", .kind = ParamKind::Choice, .initial = std::int64_t{Rising}, .title = "Direction", .choices = {"rising", "falling", "both"}, .animatable = false},
        {.name = "margin", .initial = 0.0, .least = 0.0, .most = 1e6, .title = "Margin", .help = "How far it must go back before it counts again: a trembling signal gives one event", .animatable = false},
        {.name = "strength", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Strength", .help = "Of the events", .animatable = false},
    },
    .events = events,
};

} // namespace artdag
