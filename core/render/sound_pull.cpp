// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sound_pull.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

Error named(Error error, const GraphNode& node)
{
    if (error.fault != Fault::Cancelled && !error.message.starts_with("node "))
        error.message = fmt::format("node '{}': {}", node.name, error.message);
    return error;
}

/// Copies what a part and the whole have in common within `inside`.
void place(const Sound& part, SampleRange inside, Sound& whole)
{
    const std::int64_t first = std::max(part.range().first, inside.first);
    const std::int64_t end = std::min(part.range().end(), inside.end());
    for (int channel = 0; channel < soundChannels; ++channel)
        std::copy_n(part.channel(channel) + (first - part.range().first), end - first, whole.channel(channel) + (first - whole.range().first));
}

/// The part of a range that a stream of so many samples has something in.
SampleRange heard(SampleRange range, std::int64_t samples)
{
    SampleRange inside{std::max<std::int64_t>(range.first, 0), 0};
    inside.count = (samples == StreamFacts::endless ? range.end() : std::min(range.end(), samples)) - inside.first;
    return inside;
}

struct SoundPull {
    const Plan& plan;
    Sources& sources;
    SoundMemories& memories;
    const CancelToken& cancel;

    Result<Sound> sound(NodePort port, SampleRange range) const
    {
        if (cancel.cancelled())
            return fail(Fault::Cancelled, "rendering was cancelled");
        const auto node = static_cast<std::size_t>(port.node);
        const SampleRange inside = heard(range, plan.nodes[node].outputs[static_cast<std::size_t>(port.output)].samples);
        if (inside.count <= 0)
            return Sound(range);
        const Effect& effect = *plan.graph->nodes[node].entry->effect;
        if (effect.sound == nullptr)
            return tl::unexpected<Error>(named({Fault::BadInput, "this effect gives no sound"}, plan.graph->nodes[node]));
        if (!effect.remembers && inside == range)
            return made(port, range, nullptr);
        Sound result(range);
        if (!effect.remembers) {
            place(TRY(made(port, inside, nullptr)), inside, result);
            return result;
        }
        for (std::int64_t block = inside.first / soundBlock; block * soundBlock < inside.end(); ++block) {
            const SoundPointer part = TRY(memories.block(port, block, [&](std::int64_t index, SoundMemory& memory) { return made(port, {index * soundBlock, soundBlock}, &memory); }));
            place(*part, inside, result);
        }
        return result;
    }

    /// What the effect gives for a range.
    Result<Sound> made(NodePort port, SampleRange range, SoundMemory* memory) const
    {
        const auto node = static_cast<std::size_t>(port.node);
        const auto arguments = argumentsAt(plan, port.node, 0);
        SoundCall call = soundCall(plan, port, range, *arguments, &sources);
        call.memory = memory;
        std::vector<Sound> inputs;
        for (const SoundNeed& need : soundNeeds(call))
            inputs.push_back(TRY(input(node, need)));
        Sound part(range);
        if (auto done = call.effect.sound(call, inputs, part); !done)
            return tl::unexpected<Error>(named(std::move(done).error(), plan.graph->nodes[node]));
        return part;
    }

    /// The sound of an input with its trim: silence outside what the trim leaves, on the input's own clock.
    Result<Sound> input(std::size_t node, const SoundNeed& need) const
    {
        const GraphInput& from = plan.graph->nodes[node].inputs[static_cast<std::size_t>(need.input)];
        const InputFacts& facts = plan.nodes[node].inputs[static_cast<std::size_t>(need.input)];
        const std::int64_t offset = frameAt(from.in, {plan.canvas.sampleRate, 1});
        const SampleRange inside = heard(need.range, facts.stream.samples);
        if (inside.count <= 0)
            return Sound(need.range);
        if (offset == 0 && inside == need.range)
            return sound({from.node, from.output}, inside);
        Sound result(need.range);
        const Sound source = TRY(sound({from.node, from.output}, {inside.first + offset, inside.count}));
        for (int channel = 0; channel < soundChannels; ++channel)
            std::copy_n(source.channel(channel), inside.count, result.channel(channel) + (inside.first - need.range.first));
        return result;
    }
};

} // namespace

Result<Sound> pullSound(const Plan& plan, Sources& sources, SoundMemories& memories, NodePort port, SampleRange range, const CancelToken& cancel)
{
    return SoundPull{plan, sources, memories, cancel}.sound(port, range);
}

} // namespace artdag
