// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/cost.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr double soundNanoseconds = 20.0; ///< a sample of both channels
/// Milliseconds a megapixel on one core of the machine of docs/performance.md.
constexpr double pointwise = 2.0, neighbourhood = 9.0, generator = 6.0, encoder = 18.0;

double perMegapixel(const Effect& effect)
{
    if (effect.cost > 0)
        return effect.cost;
    if (effect.inputs.empty())
        return generator;
    return effect.access == Access::Pointwise ? pointwise : neighbourhood;
}

double megapixels(const StreamFacts& facts)
{
    return static_cast<double>(facts.width) * facts.height / 1e6;
}

Digest paceKey()
{
    return Hasher().add("artdag.pace.1\n").finish();
}

} // namespace

double estimatedSeconds(const Plan& plan, int node, std::int64_t frames)
{
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(node)];
    const Effect& effect = *plan.graph->nodes[static_cast<std::size_t>(node)].entry->effect;
    double seconds = 0.0;
    for (const StreamFacts& output : planned.outputs) {
        if (output.type == PortType::Picture)
            seconds += static_cast<double>(frames) * megapixels(output) * perMegapixel(effect) / 1e3;
        else if (output.type == PortType::Sound)
            seconds += static_cast<double>(plan.sound.count) * soundNanoseconds / 1e9;
    }
    if (effect.analyse != nullptr && planned.analysis == nullptr)
        for (const InputFacts& input : planned.inputs)
            seconds += static_cast<double>(analysedLength(input.stream, plan.canvas)) * (input.stream.type == PortType::Sound ? soundNanoseconds / 1e9 : megapixels(input.stream) * neighbourhood / 1e3);
    return seconds;
}

double estimatedEncoding(const Plan& plan, const EncodeProfile& profile, std::int64_t frames)
{
    if (!plan.output.picture || profile.videoCodec.empty() || profile.copies())
        return 0.0;
    const auto& outputs = plan.nodes[static_cast<std::size_t>(plan.output.picture->node)].outputs;
    return static_cast<double>(frames) * megapixels(outputs[static_cast<std::size_t>(plan.output.picture->output)]) * encoder / 1e3;
}

std::int64_t framesToRender(const Plan& plan, int node, const std::vector<bool>& cachedChunks)
{
    std::int64_t pending = 0, frames = 0;
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(node)];
    for (std::size_t i = 0; i < plan.chunks.size(); ++i)
        if (!cachedChunks[i])
            pending = planned.fromStart ? plan.chunks[i].first + plan.chunks[i].count : pending + plan.chunks[i].count;
    for (std::size_t port = 0; port < planned.outputs.size(); ++port)
        if (planned.outputs[port].type == PortType::Picture)
            frames = std::max(frames, plan.stepFrames(node, static_cast<int>(port)));
    return plan.frames > 0 ? (frames * pending + plan.frames - 1) / plan.frames : 0;
}

double learnedPace(Store& store)
{
    const auto known = store.action("pace", paceKey());
    const double pace = known ? known->facts.value("ratio", 1.0) : 1.0;
    return pace > 0 ? pace : 1.0;
}

void learnPace(Store& store, double estimated, double measured)
{
    if (estimated > 0.05 && measured > 0.05) // less says nothing; that it could not be kept harms nobody
        static_cast<void>(store.putAction("pace", paceKey(), {{}, Json{{"ratio", measured / estimated}}}));
}

} // namespace artdag
