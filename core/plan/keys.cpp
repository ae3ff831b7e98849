// SPDX-License-Identifier: GPL-3.0-or-later
// Names of work. The preimages are binary; docs/formats.md has them with a worked example.
#include "core/effect/value_bytes.h"
#include "core/plan/key_wave.h"
#include "core/plan/signals.h"
#include "core/sound/automation.h"

#include <algorithm>

namespace artdag {

namespace {

void addAnimated(Hasher& hasher, const GraphNode& node, const EvaluatedArguments& arguments)
{
    Preimage preimage;
    for (const MovingArgument& moving : node.args.moving)
        addMoving(preimage, moving.index, arguments.values[moving.index]);
    for (std::size_t item = 0; item < node.items.size(); ++item)
        for (const MovingArgument& moving : node.items[item].args.moving)
            addMoving(preimage, moving.index, arguments.items[item].values[moving.index]);
    hasher.add(preimage.view());
}

/// What sound can hear of connected signals and events: values at the control points, all events up to the end.
void addConnected(const Plan& plan, const SoundCall& call, SampleRange range, Hasher& hasher)
{
    const auto timeOf = [&](std::int64_t sample) { return timeOfFrame(sample, {plan.canvas.sampleRate, 1}); };
    for (std::size_t i = 0; i < call.inputs.size(); ++i) {
        const auto input = static_cast<int>(i);
        if (call.inputs[i].stream.type == PortType::Signal)
            for (std::int64_t sample = controlFloor(range.first); sample < range.end() + controlStep; sample += controlStep)
                hasher.addF64(call.signals->signal(input, timeOf(sample)));
        if (call.inputs[i].stream.type != PortType::Events)
            continue;
        const std::vector<Event> events = call.signals->events(input, 0, timeOf(range.end()));
        hasher.addU64(events.size());
        for (const Event& event : events)
            hasher.addU64(static_cast<std::uint64_t>(event.time)).addF64(event.strength);
    }
}

bool sameInputs(const std::vector<InputFacts>& mine, const std::vector<InputFacts>& other)
{
    return std::ranges::equal(mine, other, [](const InputFacts& a, const InputFacts& b) { return a.port == b.port && a.item == b.item && a.stream == b.stream; });
}

} // namespace

void addMoving(Preimage& preimage, std::size_t index, const Value& value)
{
    const std::vector<double> components = componentsOf(value);
    if (components.empty()) {
        preimage.addU16(static_cast<std::uint16_t>(index));
        addValue(preimage, value);
    }
    for (const double component : components)
        preimage.addU16(static_cast<std::uint16_t>(index)).addF64(component);
}

std::optional<FrameKey> Plan::rememberedKey(const PlanSlot& slot) const
{
    const std::lock_guard lock(m_memo->mutex);
    if (slot.frame == 0 && slot.output == 0)
        return m_memo->first[static_cast<std::size_t>(slot.node)];
    const auto found = m_memo->moving.find(slot);
    return found == m_memo->moving.end() ? std::nullopt : std::optional(found->second);
}

void Plan::rememberKey(const PlanSlot& slot, const FrameKey& key) const
{
    const std::lock_guard lock(m_memo->mutex);
    if (slot.frame == 0 && slot.output == 0)
        m_memo->first.change(static_cast<std::size_t>(slot.node)) = key;
    else
        m_memo->moving.emplace(slot, key);
}

FrameKey Plan::frameKey(NodePort port, std::int64_t frame) const
{
    CHECK(nodes[static_cast<std::size_t>(port.node)].waitsFor.empty());
    if (const auto known = rememberedKey(slotOf(port, frame)))
        return *known;
    return KeyWave(*this).run(port, frame);
}

/// Nothing is marked as changed: a node is the same when its digest, shapes and sources are, and the sources are the same.
void Plan::takeKeys(const Plan& previous)
{
    if (!(canvas == previous.canvas))
        return;
    std::vector<bool> same(nodes.size());
    const std::lock_guard lock(previous.m_memo->mutex);
    for (std::size_t i = 0; i < std::min(nodes.size(), previous.nodes.size()); ++i) {
        const PlanNode &mine = nodes[i], &other = previous.nodes[i];
        // Moving arguments and signals are no part of the digest.
        same[i] = mine.needed && other.needed && mine.still && other.still && mine.staticDigest == other.staticDigest && sameInputs(mine.inputs, other.inputs) && mine.outputs == other.outputs && !signals.contains(static_cast<int>(i))
            && graph->nodes[i].inputs == previous.graph->nodes[i].inputs && std::ranges::all_of(graph->nodes[i].inputs, [&](const GraphInput& input) { return same[static_cast<std::size_t>(input.node)]; });
        if (same[i])
            m_memo->first.change(i) = previous.m_memo->first[i];
    }
    for (const auto& [slot, key] : previous.m_memo->moving)
        if (static_cast<std::size_t>(slot.node) < same.size() && same[static_cast<std::size_t>(slot.node)])
            m_memo->moving.emplace(slot, key);
}

void Plan::takeKeysBut(const Plan& previous, const std::vector<bool>& changed)
{
    const std::lock_guard lock(previous.m_memo->mutex);
    m_memo->first = previous.m_memo->first;
    for (std::size_t i = 0; i < changed.size(); ++i)
        if (changed[i])
            m_memo->first.change(i) = std::nullopt;
    for (const auto& [slot, key] : previous.m_memo->moving)
        if (!changed[static_cast<std::size_t>(slot.node)])
            m_memo->moving.emplace(slot, key);
}

SoundKey Plan::soundKey(NodePort port, SampleRange range) const
{
    CHECK(nodes[static_cast<std::size_t>(port.node)].waitsFor.empty());
    const std::tuple slot{port.node, port.output, range.first, range.count};
    {
        const std::lock_guard lock(m_memo->mutex);
        if (const auto found = m_memo->sounds.find(slot); found != m_memo->sounds.end())
            return found->second;
    }
    const SoundKey key = computedSoundKey(port, range);
    const std::lock_guard lock(m_memo->mutex);
    m_memo->sounds.emplace(slot, key);
    return key;
}

SoundKey Plan::computedSoundKey(NodePort port, SampleRange range) const
{
    const auto index = static_cast<std::size_t>(port.node);
    const GraphNode& node = graph->nodes[index];
    const auto arguments = argumentsAt(*this, port.node, 0);
    Hasher hasher;
    hasher.add("artdag.sound.key.1\n").add(nodes[index].soundDigest).addU16(static_cast<std::uint16_t>(port.output));
    hasher.addU64(static_cast<std::uint64_t>(range.first)).addU64(static_cast<std::uint64_t>(range.count));
    if (nodes[index].analysisKey) // what it knows of the whole
        hasher.add(nodes[index].analysisKey->digest);
    range = heardFor(*node.entry->effect, range);
    const SoundCall call = soundCall(*this, port, range, *arguments, nullptr);
    if (!nodes[index].still) // the values that automation hears: one for each control point of the range
        for (std::int64_t sample = controlFloor(range.first); sample < range.end() + controlStep; sample += controlStep)
            addAnimated(hasher, node, evaluateArgumentsAt(*this, port.node, timeOfFrame(sample, {canvas.sampleRate, 1})));
    if (call.signals != nullptr)
        addConnected(*this, call, range, hasher);
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

namespace {

bool givesSound(const PlanNode& planned)
{
    return std::ranges::find(planned.outputs, PortType::Sound, &StreamFacts::type) != planned.outputs.end();
}

/// What a signal or events port gives over the output's length: values at each frame, or all events.
void addSignal(const Plan& plan, NodePort port, Hasher& hasher)
{
    const std::int64_t frames = plan.stepFrames(port.node, port.output);
    if (plan.nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)].type == PortType::Events) {
        for (const Event& event : eventsIn(plan, port, 0, timeOfFrame(frames, plan.canvas.rate)))
            hasher.addU64(static_cast<std::uint64_t>(event.time)).addF64(event.strength);
        return;
    }
    for (std::int64_t frame = 0; frame < frames; ++frame)
        hasher.addF64(signalAt(plan, port, timeOfFrame(frame, plan.canvas.rate), 0.0));
}

} // namespace

FrameKey Plan::stepKey(int node) const
{
    Hasher hasher;
    hasher.add("artdag.step.1\n");
    const PlanNode& planned = nodes[static_cast<std::size_t>(node)];
    if (planned.analysisKey && !givesSound(planned))
        return FrameKey{planned.analysisKey->digest};
    for (std::size_t port = 0; port < planned.outputs.size(); ++port) {
        const StreamFacts& facts = planned.outputs[port];
        if (facts.type == PortType::Sound) {
            if (sound.count > 0)
                hasher.add(soundKey({node, static_cast<int>(port)}, sound).digest);
            continue;
        }
        if (facts.type != PortType::Picture) {
            addSignal(*this, {node, static_cast<int>(port)}, hasher);
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
    if (facts.type == PortType::Sound)
        return 0;
    if (facts.type == PortType::Signal || facts.type == PortType::Events)
        return frames > 0 ? frames : frameAt(canvas.duration, canvas.rate);
    if (!planned.animated)
        return 1;
    return facts.frames == StreamFacts::endless ? frames : std::min(frames, facts.frames);
}

std::optional<double> Plan::rememberedSignal(NodePort port, Flicks time) const
{
    const std::lock_guard lock(m_memo->mutex);
    const auto found = m_memo->signals.find({port.node, port.output, time});
    return found == m_memo->signals.end() ? std::nullopt : std::optional(found->second);
}

void Plan::rememberSignal(NodePort port, Flicks time, double value) const
{
    constexpr std::size_t most = 500'000; // an hour of control points asks for more: then the oldest questions are forgotten
    const std::lock_guard lock(m_memo->mutex);
    if (m_memo->signals.size() >= most)
        m_memo->signals.clear();
    m_memo->signals.emplace(std::tuple{port.node, port.output, time}, value);
}

} // namespace artdag
