// SPDX-License-Identifier: GPL-3.0-or-later
// Names of work. The preimages are binary; docs/formats.md has them with a worked example.
#include "core/plan/plan.h"

#include <algorithm>

namespace artdag {

namespace {

Value valueAt(const GraphArgument& argument, double t, double frame)
{
    if (const auto* constant = std::get_if<Value>(&argument))
        return *constant;
    return std::get<std::shared_ptr<const Animation>>(argument)->at(t, frame);
}

void addAnimated(Hasher& hasher, const std::vector<GraphArgument>& args, const std::vector<Value>& values)
{
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (std::holds_alternative<Value>(args[i]))
            continue;
        const std::vector<double> components = componentsOf(values[i]);
        if (components.empty()) { // text and the like animate by whole values
            hasher.addU16(static_cast<std::uint16_t>(i));
            addValue(hasher, values[i]);
        }
        for (const double component : components)
            hasher.addU16(static_cast<std::uint16_t>(i)).addF64(component);
    }
}

void addAnimated(Hasher& hasher, const GraphNode& node, const EvaluatedArguments& arguments)
{
    addAnimated(hasher, node.args, arguments.values);
    for (std::size_t i = 0; i < node.items.size(); ++i)
        addAnimated(hasher, node.items[i].args, arguments.itemValues[i]);
}

/// The source's own frame for frame `frame` of an input: held at the ends, shifted by the trim.
std::int64_t sourceFrame(const GraphInput& input, const InputFacts& facts, std::int64_t frame, Rate rate)
{
    if (facts.stream.frames != StreamFacts::endless)
        frame = std::min(frame, std::max<std::int64_t>(facts.stream.frames - 1, 0));
    return std::max<std::int64_t>(frame, 0) + frameAt(input.in, rate);
}

} // namespace

EvaluatedArguments evaluateArguments(const Plan& plan, int node, std::int64_t frame)
{
    const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
    const Rate rate = plan.canvas.rate;
    const double t = static_cast<double>(frame) * static_cast<double>(rate.denominator) / static_cast<double>(rate.numerator);
    EvaluatedArguments evaluated;
    evaluated.values.reserve(graphNode.args.size());
    for (const GraphArgument& arg : graphNode.args)
        evaluated.values.push_back(valueAt(arg, t, static_cast<double>(frame)));
    evaluated.itemValues.resize(graphNode.items.size());
    for (std::size_t i = 0; i < graphNode.items.size(); ++i) {
        for (const GraphArgument& arg : graphNode.items[i].args)
            evaluated.itemValues[i].push_back(valueAt(arg, t, static_cast<double>(frame)));
        evaluated.items.push_back({graphNode.entry->effect->itemParams, evaluated.itemValues[i]});
    }
    return evaluated;
}

namespace {

Call callOf(const Plan& plan, NodePort port, const EvaluatedArguments& arguments, Sources* sources)
{
    const Effect& effect = *plan.graph->nodes[static_cast<std::size_t>(port.node)].entry->effect;
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(port.node)];
    return Call{effect, plan.canvas, planned.inputs, arguments.items, {effect.params, arguments.values}, sources, port.output,
        planned.outputs.empty() ? StreamFacts{} : planned.outputs[static_cast<std::size_t>(port.output)]};
}

} // namespace

FrameCall frameCall(const Plan& plan, NodePort port, std::int64_t frame, const EvaluatedArguments& arguments, Sources* sources)
{
    return FrameCall{callOf(plan, port, arguments, sources), frame};
}

SoundCall soundCall(const Plan& plan, NodePort port, SampleRange range, const EvaluatedArguments& arguments, Sources* sources)
{
    SoundCall call{callOf(plan, port, arguments, sources), range, {}};
    call.realAt = [&plan, node = port.node](std::string_view name, std::int64_t sample) {
        const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
        const auto& params = graphNode.entry->effect->params;
        const auto param = std::ranges::find(params, name, &Param::name);
        CHECK(param != params.end());
        const double t = static_cast<double>(sample) / plan.canvas.sampleRate;
        const Value value = valueAt(graphNode.args[static_cast<std::size_t>(param - params.begin())], t, t * plan.canvas.rate.perSecond());
        const std::vector<double> components = componentsOf(value);
        CHECK(components.size() == 1);
        return components.front();
    };
    return call;
}

FrameKey Plan::frameKey(NodePort port, std::int64_t frame) const
{
    const auto index = static_cast<std::size_t>(port.node);
    const PlanNode& planned = nodes[index];
    const GraphNode& node = graph->nodes[index];
    const Effect& effect = *node.entry->effect;
    if (!planned.animated)
        frame = 0; // a still stretch is one piece of work
    const auto outputs = static_cast<std::int64_t>(planned.outputs.size());
    const std::int64_t slot = frame * outputs + port.output;
    {
        const std::lock_guard lock(m_memo->mutex);
        if (const auto found = m_memo->frames[index].find(slot); found != m_memo->frames[index].end())
            return found->second;
    }
    const EvaluatedArguments arguments = evaluateArguments(*this, port.node, frame);
    const FrameCall call = frameCall(*this, port, frame, arguments, nullptr);
    auto sourceKey = [&](const FrameNeed& need) {
        const GraphInput& input = node.inputs[static_cast<std::size_t>(need.input)];
        const std::int64_t source = sourceFrame(input, planned.inputs[static_cast<std::size_t>(need.input)], need.frame, canvas.rate);
        return frameKey({input.node, input.output}, heldFrame(nodes[static_cast<std::size_t>(input.node)].outputs[static_cast<std::size_t>(input.output)], source));
    };
    const std::vector<FrameNeed> needs = frameNeeds(call);
    if (const int passed = effect.passes != nullptr ? effect.passes(call) : -1; passed >= 0)
        return sourceKey(needs[static_cast<std::size_t>(passed)]); // the same picture is the same work
    Hasher hasher;
    hasher.add("artdag.frame.1\n").add(planned.staticDigest).addU16(static_cast<std::uint16_t>(port.output));
    addAnimated(hasher, node, arguments);
    if (effect.timeDependent)
        hasher.addU64(static_cast<std::uint64_t>(frame));
    if (effect.moment != nullptr) {
        std::vector<double> numbers;
        effect.moment(call, numbers);
        for (const double number : numbers)
            hasher.addF64(number);
    }
    for (const FrameNeed& need : needs)
        hasher.addU16(static_cast<std::uint16_t>(need.input)).add(sourceKey(need).digest);
    const FrameKey key{hasher.finish()};
    const std::lock_guard lock(m_memo->mutex);
    m_memo->frames[index].emplace(slot, key);
    return key;
}

SoundKey Plan::soundKey(NodePort port, SampleRange range) const
{
    const auto index = static_cast<std::size_t>(port.node);
    const GraphNode& node = graph->nodes[index];
    const EvaluatedArguments arguments = evaluateArguments(*this, port.node, 0);
    const SoundCall call = soundCall(*this, port, range, arguments, nullptr);
    Hasher hasher;
    hasher.add("artdag.sound.key.1\n").add(nodes[index].staticDigest).addU16(static_cast<std::uint16_t>(port.output));
    hasher.addU64(static_cast<std::uint64_t>(range.first)).addU64(static_cast<std::uint64_t>(range.count));
    const bool moves = std::ranges::any_of(node.args, [](const GraphArgument& arg) { return !std::holds_alternative<Value>(arg); });
    // Automation is heard at 64-sample steps, but bounded by what expressions of t can do between frames: one value a
    // frame and one at the end name it.
    if (moves) {
        const Rate rate = canvas.rate;
        const std::int64_t last = frameAt(timeOfFrame(range.end(), {canvas.sampleRate, 1}), rate) + 1;
        for (std::int64_t frame = frameAt(timeOfFrame(range.first, {canvas.sampleRate, 1}), rate); frame <= last; ++frame)
            addAnimated(hasher, node, evaluateArguments(*this, port.node, frame));
    }
    for (const InputFacts& facts : nodes[index].inputs)
        hasher.addU64(static_cast<std::uint64_t>(facts.stream.samples)); // lengths matter to fades and joins
    for (const SoundNeed& need : soundNeeds(call)) {
        const GraphInput& input = node.inputs[static_cast<std::size_t>(need.input)];
        SampleRange source = need.range;
        source.first += frameAt(input.in, {canvas.sampleRate, 1});
        hasher.addU16(static_cast<std::uint16_t>(need.input)).add(soundKey({input.node, input.output}, source).digest);
    }
    return SoundKey{hasher.finish()};
}

ChunkKey Plan::chunkKey(const PlanChunk& chunk, const EncodeProfile& profile) const
{
    CHECK(output.picture.has_value());
    Hasher hasher;
    hasher.add("artdag.chunk.1\n").addText(profile.pictureIdentity()).addU64(static_cast<std::uint64_t>(chunk.count));
    for (std::int64_t frame = chunk.first; frame < chunk.first + chunk.count; ++frame)
        hasher.add(outputFrameKey(frame).digest);
    return ChunkKey{hasher.finish()};
}

FrameKey Plan::outputFrameKey(std::int64_t frame) const
{
    CHECK(output.picture.has_value());
    const PlanNode& planned = nodes[static_cast<std::size_t>(output.picture->node)];
    const StreamFacts& facts = planned.outputs[static_cast<std::size_t>(output.picture->output)];
    return frameKey(*output.picture, heldFrame(facts, frame));
}

FrameKey Plan::stepKey(int node) const
{
    Hasher hasher;
    hasher.add("artdag.step.1\n");
    const PlanNode& planned = nodes[static_cast<std::size_t>(node)];
    for (std::size_t port = 0; port < planned.outputs.size(); ++port) {
        const StreamFacts& facts = planned.outputs[port];
        if (facts.type == PortType::Sound) {
            if (sound.count > 0)
                hasher.add(soundKey({node, static_cast<int>(port)}, sound).digest);
            continue;
        }
        const std::int64_t count = stepFrames(node, static_cast<int>(port));
        for (std::int64_t frame = 0; frame < count; ++frame)
            hasher.add(frameKey({node, static_cast<int>(port)}, frame).digest);
    }
    return FrameKey{hasher.finish()};
}

std::int64_t Plan::stepFrames(int node, int port) const
{
    const PlanNode& planned = nodes[static_cast<std::size_t>(node)];
    const StreamFacts& facts = planned.outputs[static_cast<std::size_t>(port)];
    if (facts.type != PortType::Picture || frames == 0)
        return 0;
    if (!planned.animated)
        return 1;
    return facts.frames == StreamFacts::endless ? frames : std::min(frames, facts.frames);
}

std::int64_t heldFrame(const StreamFacts& facts, std::int64_t frame)
{
    if (facts.frames != StreamFacts::endless)
        frame = std::min(frame, std::max<std::int64_t>(facts.frames - 1, 0));
    return std::max<std::int64_t>(frame, 0);
}

std::vector<FrameNeed> frameNeeds(const FrameCall& call)
{
    std::vector<FrameNeed> needs;
    if (call.effect.needs != nullptr) {
        call.effect.needs(call, needs);
        return needs;
    }
    for (std::size_t i = 0; i < call.inputs.size(); ++i)
        if (call.inputs[i].stream.type == PortType::Picture)
            needs.push_back({static_cast<int>(i), call.frame});
    return needs;
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
