// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/signals.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/graph/binding.h"
#include "core/graph/conversion.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr double forgotten = 8.0; ///< decays after which a peak counts for nothing: e^−8 shows in no pixel

const Effect& effectOf(const Plan& plan, NodePort port)
{
    return *plan.graph->nodes[static_cast<std::size_t>(port.node)].entry->effect;
}

bool givesEvents(const Plan& plan, NodePort port)
{
    return effectOf(plan, port).outputs[static_cast<std::size_t>(port.output)].type == PortType::Events;
}

const Analysed* analysed(const Plan& plan, NodePort port)
{
    const AnalysisPointer& analysis = plan.nodes[static_cast<std::size_t>(port.node)].analysis;
    return analysis && static_cast<std::size_t>(port.output) < analysis->size() ? &(*analysis)[static_cast<std::size_t>(port.output)] : nullptr;
}

double interpolated(const Analysed& found, Flicks time)
{
    if (found.values.empty())
        return 0.0;
    const double last = static_cast<double>(found.values.size() - 1);
    const double place = std::clamp(secondsOfFlicks(time) * found.rate, 0.0, last);
    const auto index = static_cast<std::size_t>(place);
    const double from = found.values[index];
    return index + 1 < found.values.size() ? from + (found.values[index + 1] - from) * (place - static_cast<double>(index)) : from;
}

Flicks framePeriod(const Plan& plan)
{
    return timeOfFrame(1, plan.canvas.rate);
}

double impulse(const Plan& plan, NodePort port, Flicks time, double decay)
{
    const Flicks past = decay > 0 ? flicksOfSeconds(forgotten * decay) : framePeriod(plan);
    double value = 0.0;
    for (const Event& event : eventsIn(plan, port, time - past + 1, time + 1))
        value = std::max(value, decay > 0 ? event.strength * exact::exp(-secondsOfFlicks(time - event.time) / decay) : event.strength);
    return value;
}

double computed(const Plan& plan, NodePort port, Flicks time)
{
    const Effect& effect = effectOf(plan, port);
    if (effect.analyse != nullptr) {
        const Analysed* found = analysed(plan, port);
        return found != nullptr ? interpolated(*found, time) : 0.0;
    }
    CHECK(effect.signal != nullptr);
    const auto& still = plan.nodes[static_cast<std::size_t>(port.node)].still;
    const auto arguments = still ? still : std::make_shared<const EvaluatedArguments>(evaluateArgumentsAt(plan, port.node, time));
    const double value = effect.signal(callOf(plan, port, *arguments, nullptr), time);
    return std::isfinite(value) ? value : 0.0;
}

/// A signal whose peaks fall slowly: the loudest of what was heard, frame by frame back in time, each faded by its age.
double decayed(const Plan& plan, NodePort port, Flicks time, double decay)
{
    const Flicks frame = framePeriod(plan);
    const auto steps = decay > 0 ? flicksOfSeconds(forgotten * decay) / frame : 0;
    double value = signalAt(plan, port, time, 0.0);
    for (std::int64_t step = 1; step <= steps && step * frame <= time; ++step)
        value = std::max(value, signalAt(plan, port, time - step * frame, 0.0) * exact::exp(-secondsOfFlicks(step * frame) / decay));
    return value;
}

double followed(const Plan& plan, const Binding& binding, Flicks time)
{
    return givesEvents(plan, binding.source) ? impulse(plan, binding.source, time, binding.decay.value_or(eventDecay)) : decayed(plan, binding.source, time, binding.decay.value_or(0.0));
}

} // namespace

double signalAt(const Plan& plan, NodePort port, Flicks time, double decay)
{
    if (givesEvents(plan, port))
        return impulse(plan, port, time, decay);
    if (const auto known = plan.rememberedSignal(port, time))
        return *known;
    const double value = computed(plan, port, time);
    plan.rememberSignal(port, time, value);
    return value;
}

std::vector<Event> eventsIn(const Plan& plan, NodePort port, Flicks from, Flicks to)
{
    std::vector<Event> events;
    const Effect& effect = effectOf(plan, port);
    if (effect.analyse != nullptr) {
        if (const Analysed* found = analysed(plan, port)) {
            const auto first = std::ranges::lower_bound(found->events, from, {}, &Event::time);
            events.assign(first, std::ranges::lower_bound(first, found->events.end(), to, {}, &Event::time));
        }
        return events;
    }
    CHECK(effect.events != nullptr);
    const auto arguments = argumentsAt(plan, port.node, 0);
    effect.events(callOf(plan, port, *arguments, nullptr), from, to, events);
    return events;
}

Value boundValue(const Plan& plan, const Binding& binding, Flicks time)
{
    const Flicks at = time + flicksOfSeconds(binding.offset), frame = framePeriod(plan);
    const std::int64_t sides = (flicksOfSeconds(binding.smooth) + frame) / (2 * frame); // frames to each side
    double value = 0.0;
    for (std::int64_t step = -sides; step <= sides; ++step)
        value += followed(plan, binding, at + step * frame);
    value /= static_cast<double>(2 * sides + 1);
    if (binding.noise > 0)
        value += binding.noise * (2.0 * randomUnit(static_cast<std::uint64_t>(binding.seed), static_cast<std::uint64_t>(frameAt(time, plan.canvas.rate))) - 1.0);
    return valueOfSignal(binding, value);
}

double NodeSignals::signal(int input, Flicks time) const
{
    const GraphInput& from = plan->graph->nodes[static_cast<std::size_t>(node)].inputs[static_cast<std::size_t>(input)];
    return signalAt(*plan, {from.node, from.output}, time + from.in, eventDecay);
}

std::vector<Event> NodeSignals::events(int input, Flicks from, Flicks to) const
{
    const GraphInput& source = plan->graph->nodes[static_cast<std::size_t>(node)].inputs[static_cast<std::size_t>(input)];
    std::vector<Event> events = eventsIn(*plan, {source.node, source.output}, from + source.in, to + source.in);
    for (Event& event : events)
        event.time -= source.in;
    return events;
}

} // namespace artdag
