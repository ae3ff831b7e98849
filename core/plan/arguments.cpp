// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/plan.h"

#include "core/graph/binding.h"
#include "core/plan/signals.h"

#include <algorithm>

namespace artdag {

namespace {

struct Instant {
    double t = 0; ///< seconds
    double frame = 0;
    Flicks time = 0;
};

Value valueAt(const Plan& plan, const MovingArgument& argument, const Instant& at)
{
    if (const auto* animation = std::get_if<std::shared_ptr<const Animation>>(&argument.how))
        return (*animation)->at(at.t, at.frame);
    return boundValue(plan, *std::get<std::shared_ptr<const Binding>>(argument.how), at.time);
}

/// Those of the graph, or, where one moves, a copy in `own`.
std::span<const Value> valuesAt(const Plan& plan, const GraphArguments& args, const Instant& at, std::vector<std::vector<Value>>& own)
{
    if (args.moving.empty())
        return args.values();
    std::vector<Value>& values = own.emplace_back(args.values().begin(), args.values().end());
    for (const MovingArgument& moving : args.moving)
        values[moving.index] = valueAt(plan, moving, at);
    return values;
}

EvaluatedArguments evaluate(const Plan& plan, int node, const Instant& at)
{
    const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
    EvaluatedArguments evaluated;
    evaluated.values = valuesAt(plan, graphNode.args, at, evaluated.own);
    evaluated.items.reserve(graphNode.items.size());
    for (const GraphItem& item : graphNode.items)
        evaluated.items.push_back({graphNode.entry->effect->itemParams, valuesAt(plan, item.args, at, evaluated.own)});
    return evaluated;
}

} // namespace

EvaluatedArguments evaluateArguments(const Plan& plan, int node, std::int64_t frame)
{
    const Rate rate = plan.canvas.rate;
    const double t = static_cast<double>(frame) * static_cast<double>(rate.denominator) / static_cast<double>(rate.numerator);
    return evaluate(plan, node, {t, static_cast<double>(frame), timeOfFrame(frame, rate)});
}

EvaluatedArguments evaluateArgumentsAt(const Plan& plan, int node, Flicks time)
{
    const double t = secondsOfFlicks(time);
    return evaluate(plan, node, {t, t * plan.canvas.rate.perSecond(), time});
}

std::shared_ptr<const EvaluatedArguments> argumentsAt(const Plan& plan, int node, std::int64_t frame)
{
    const auto& still = plan.nodes[static_cast<std::size_t>(node)].still;
    return still ? still : std::make_shared<const EvaluatedArguments>(evaluateArguments(plan, node, frame));
}

Call callOf(const Plan& plan, NodePort port, const EvaluatedArguments& arguments, Sources* sources)
{
    const Effect& effect = *plan.graph->nodes[static_cast<std::size_t>(port.node)].entry->effect;
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(port.node)];
    const auto signals = plan.signals.empty() ? plan.signals.end() : plan.signals.find(port.node);
    return Call{effect, plan.canvas, planned.inputs, arguments.items, {effect.params, arguments.values}, sources, port.output,
        planned.outputs.empty() ? StreamFacts{} : planned.outputs[static_cast<std::size_t>(port.output)], signals == plan.signals.end() ? nullptr : &signals->second, planned.analysis.get()};
}

FrameCall frameCall(const Plan& plan, NodePort port, std::int64_t frame, const EvaluatedArguments& arguments, Sources* sources)
{
    return FrameCall{callOf(plan, port, arguments, sources), frame};
}

SoundCall soundCall(const Plan& plan, NodePort port, SampleRange range, const EvaluatedArguments& arguments, Sources* sources)
{
    SoundCall call{callOf(plan, port, arguments, sources), range, !plan.nodes[static_cast<std::size_t>(port.node)].still, nullptr, {}};
    call.realAt = [&plan, node = port.node](std::string_view name, std::int64_t sample) {
        const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
        const auto& params = graphNode.entry->effect->params;
        const auto param = std::ranges::find(params, name, &Param::name);
        CHECK(param != params.end());
        const auto index = static_cast<std::size_t>(param - params.begin());
        const auto moving = std::ranges::find(graphNode.args.moving, index, &MovingArgument::index);
        const double t = static_cast<double>(sample) / plan.canvas.sampleRate;
        const Instant at{t, t * plan.canvas.rate.perSecond(), timeOfFrame(sample, {plan.canvas.sampleRate, 1})};
        const std::vector<double> components = componentsOf(moving != graphNode.args.moving.end() ? valueAt(plan, *moving, at) : graphNode.args.values()[index]);
        CHECK(components.size() == 1);
        return components.front();
    };
    return call;
}

std::int64_t heldFrame(const StreamFacts& facts, std::int64_t frame)
{
    if (facts.frames != StreamFacts::endless)
        frame = std::min(frame, std::max<std::int64_t>(facts.frames - 1, 0));
    return std::max<std::int64_t>(frame, 0);
}

bool isBefore(const GraphNode& node, std::size_t input)
{
    return node.entry->effect->inputs[static_cast<std::size_t>(node.inputs[input].port)].before;
}

std::vector<FrameNeed> frameNeeds(const FrameCall& call)
{
    std::vector<FrameNeed> needs;
    needs.reserve(call.inputs.size());
    if (call.effect.needs != nullptr) {
        call.effect.needs(call, needs);
        return needs;
    }
    for (std::size_t i = 0; i < call.inputs.size(); ++i)
        if (call.inputs[i].stream.type == PortType::Picture)
            needs.push_back({static_cast<int>(i), call.frame});
    return needs;
}

SampleRange heardFor(const Effect& effect, SampleRange range)
{
    if (!effect.remembers)
        return range;
    const std::int64_t blocks = (std::max<std::int64_t>(range.end(), 0) + soundBlock - 1) / soundBlock;
    return {0, blocks * soundBlock};
}

std::vector<SoundNeed> soundNeeds(const SoundCall& call)
{
    std::vector<SoundNeed> needs;
    if (call.effect.soundNeeds != nullptr) {
        call.effect.soundNeeds(call, needs);
        return needs;
    }
    for (std::size_t i = 0; i < call.inputs.size(); ++i)
        if (call.inputs[i].stream.type == PortType::Sound)
            needs.push_back({static_cast<int>(i), call.range});
    return needs;
}

} // namespace artdag
