// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/frame_reads.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

void addReads(const Plan& plan, Sources& sources, const FrameOf& frame, const std::function<bool(const FrameOf&)>& isAtHand, std::vector<FrameOf>& reads)
{
    const auto& [port, number] = frame;
    const EvaluatedArguments arguments = evaluateArguments(plan, port.node, number);
    const FrameCall call = frameCall(plan, port, number, arguments, &sources);
    const bool readsMedia = std::ranges::any_of(call.effect.params, [](const Param& param) { return param.kind == ParamKind::File; });
    if (readsMedia && (call.effect.timeDependent || call.effect.moment != nullptr) && std::ranges::find(reads, frame) == reads.end())
        reads.push_back(frame);
    for (const FrameNeed& need : frameNeeds(call)) {
        if (isBefore(plan.graph->nodes[static_cast<std::size_t>(port.node)], static_cast<std::size_t>(need.input)))
            continue; // the frame before has asked for its own
        const FrameOf source = frameSource(plan, port.node, need);
        if (!isAtHand(source))
            addReads(plan, sources, source, isAtHand, reads);
    }
}

} // namespace

FrameOf frameSource(const Plan& plan, int node, const FrameNeed& need)
{
    const auto index = static_cast<std::size_t>(need.input);
    const GraphInput& input = plan.graph->nodes[static_cast<std::size_t>(node)].inputs[index];
    const InputFacts& facts = plan.nodes[static_cast<std::size_t>(node)].inputs[index];
    const StreamFacts& stream = plan.nodes[static_cast<std::size_t>(input.node)].outputs[static_cast<std::size_t>(input.output)];
    return {NodePort{input.node, input.output}, heldFrame(stream, heldFrame(facts.stream, need.frame) + frameAt(input.in, plan.canvas.rate))};
}

Error namedError(const Plan& plan, Error error, int node)
{
    if (error.fault != Fault::Cancelled && !error.message.starts_with("node "))
        error.message = fmt::format("node '{}': {}", plan.graph->nodes[static_cast<std::size_t>(node)].name, error.message);
    return error;
}

std::vector<FrameOf> sourceFrames(const Plan& plan, Sources& sources, const FrameOf& frame, const std::function<bool(const FrameOf&)>& isAtHand)
{
    std::vector<FrameOf> reads;
    if (!isAtHand(frame))
        addReads(plan, sources, frame, isAtHand, reads);
    return reads;
}

Result<void> readSource(const Plan& plan, Sources& sources, const FrameOf& frame)
{
    const EvaluatedArguments arguments = evaluateArguments(plan, frame.first.node, frame.second);
    const FrameCall call = frameCall(plan, frame.first, frame.second, arguments, &sources);
    Picture pixel(Rect{0, 0, 1, 1}); // one is enough to have all decoded
    if (auto done = call.effect.render(call, {}, pixel.view()); !done)
        return tl::unexpected<Error>(namedError(plan, std::move(done).error(), frame.first.node));
    return {};
}

} // namespace artdag
