// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/plan_node.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

/// The stream an input delivers once its trims are applied.
StreamFacts trimmed(StreamFacts stream, const GraphInput& input, const Canvas& canvas)
{
    const std::int64_t in = frameAt(input.in, canvas.rate);
    if (stream.type == PortType::Picture) {
        if (input.out)
            stream.frames = stream.frames == StreamFacts::endless ? frameAt(*input.out, canvas.rate) : std::min(stream.frames, frameAt(*input.out, canvas.rate));
        if (stream.frames != StreamFacts::endless)
            stream.frames = std::max<std::int64_t>(stream.frames - in, 0);
    } else if (stream.type == PortType::Sound) {
        const Rate samples{canvas.sampleRate, 1};
        if (input.out)
            stream.samples = stream.samples == StreamFacts::endless ? frameAt(*input.out, samples) : std::min(stream.samples, frameAt(*input.out, samples));
        if (stream.samples != StreamFacts::endless)
            stream.samples = std::max<std::int64_t>(stream.samples - frameAt(input.in, samples), 0);
    }
    return stream;
}

/// The rule for effects that say nothing: outputs are like the first input of their type.
void likeInputs(const Call& call, std::span<StreamFacts> outputs)
{
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        outputs[i].type = call.effect.outputs[i].type;
        const auto input = std::ranges::find(call.inputs, outputs[i].type, [](const InputFacts& facts) { return facts.stream.type; });
        if (input != call.inputs.end())
            outputs[i] = input->stream;
    }
}

Result<void> checkShapes(const GraphNode& node, std::span<const StreamFacts> outputs)
{
    constexpr int largest = 32768;
    for (const StreamFacts& facts : outputs) {
        if (facts.type != PortType::Picture)
            continue;
        if (facts.width < 1 || facts.height < 1 || facts.width > largest || facts.height > largest)
            return fail(Fault::BadInput, fmt::format("{}: its picture would be {}×{} px; sizes from 1 to {} px work", describe(node), facts.width, facts.height, largest));
    }
    return {};
}

bool argumentsMove(const GraphNode& node)
{
    return !node.args.moving.empty() || std::ranges::any_of(node.items, [](const GraphItem& item) { return !item.args.moving.empty(); });
}

bool isAnimated(const Plan& plan, const GraphNode& node, const Call& call)
{
    const Effect& effect = *node.entry->effect;
    const bool byItself = (effect.moment != nullptr || effect.needs != nullptr) && (effect.still == nullptr || !effect.still(call));
    bool moves = effect.timeDependent || byItself || effect.analyse != nullptr || effect.advance != nullptr;
    forEachMoving(node, [&](const MovingArgument& arg) {
        const auto* binding = std::get_if<std::shared_ptr<const Binding>>(&arg.how);
        moves = moves || binding == nullptr || (*binding)->noise > 0;
    });
    forEachSource(node, [&](NodePort source) { moves = moves || plan.nodes[static_cast<std::size_t>(source.node)].animated; });
    return moves;
}

/// Shape and length of what a bridge gives: those of its film, or, before that, a guess that it is like its inputs.
Result<void> shapeBridge(Plan& plan, int index, Sources& sources, const PlanOptions& options)
{
    PlanNode& planned = plan.nodes.change(static_cast<std::size_t>(index));
    StreamFacts& output = planned.outputs.front();
    const auto baked = options.baked.find(index);
    planned.guessed = planned.guessed || baked == options.baked.end();
    if (planned.guessed) {
        output.baked = {}; // an input's is not its own
        std::int64_t& length = output.type == PortType::Sound ? output.samples : output.frames;
        length = 0;
        for (const InputFacts& input : planned.inputs)
            length = std::max(length, analysedLength(input.stream, plan.canvas));
        return {};
    }
    const Sources::MediaFacts film = TRY(sources.facts(baked->second.film));
    planned.bakedBy = baked->second.by;
    if (output.type == PortType::Sound) {
        output = {.type = PortType::Sound, .baked = baked->second.film, .samples = framesOfSeconds(secondsOfFlicks(film.soundDuration), {plan.canvas.sampleRate, 1})};
        return {};
    }
    output = {.type = PortType::Picture, .width = film.width, .height = film.height, .frames = std::max<std::int64_t>(1, framesOfSeconds(secondsOfFlicks(film.duration), plan.canvas.rate)), .baked = baked->second.film};
    return {};
}

} // namespace

Result<void> planNode(Plan& plan, int index, Sources& sources, const PlanOptions& options)
{
    const GraphNode& node = plan.graph->nodes[static_cast<std::size_t>(index)];
    PlanNode& planned = plan.nodes.change(static_cast<std::size_t>(index));
    planned.inputs.reserve(node.inputs.size());
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        const GraphInput& input = node.inputs[i];
        const PlanNode& source = plan.nodes[static_cast<std::size_t>(input.node)];
        // What closes a loop is not planned yet: closeLoops fills it in.
        planned.inputs.push_back({input.port, input.item, isBefore(node, i) ? StreamFacts{} : trimmed(source.outputs[static_cast<std::size_t>(input.output)], input, plan.canvas)});
    }
    const Effect& effect = *node.entry->effect;
    planned.outputs.assign(effect.outputs.size(), StreamFacts{PortType::Picture, plan.canvas.width, plan.canvas.height});
    auto arguments = std::make_shared<const EvaluatedArguments>(evaluateArguments(plan, index, 0));
    const FrameCall call = frameCall(plan, {index, 0}, 0, *arguments, &sources);
    likeInputs(call, planned.outputs);
    forEachSource(node, [&](NodePort source) { planned.guessed = planned.guessed || plan.nodes[static_cast<std::size_t>(source.node)].guessed; });
    if (node.entry->bridge != nullptr)
        TRY(shapeBridge(plan, index, sources, options));
    if (effect.facts != nullptr) {
        // What a guess does not fit may fit what will be found: it is planned again then.
        if (auto facts = effect.facts(call, planned.outputs); !facts && !planned.guessed) {
            Error error = std::move(facts).error();
            if (!error.message.starts_with("node "))
                error.message = describe(node) + ": " + error.message;
            return tl::unexpected<Error>(std::move(error));
        }
    }
    if (!planned.guessed)
        TRY(checkShapes(node, planned.outputs));
    planned.animated = isAnimated(plan, node, callOf(plan, {index, 0}, *arguments, &sources));
    if (!argumentsMove(node))
        planned.still = std::move(arguments);
    if (std::ranges::any_of(planned.inputs, [](const InputFacts& input) { return input.stream.type == PortType::Signal || input.stream.type == PortType::Events; })) {
        NodeSignals& signals = plan.signals[index];
        signals.plan = &plan;
        signals.node = index;
    }
    return {};
}

} // namespace artdag
