// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/frame_origin.h"

#include <fmt/format.h>

namespace artdag {

FrameOrigin originOf(const Plan& plan, int node, const FrameNeed& need)
{
    const GraphInput& input = plan.graph->nodes[static_cast<std::size_t>(node)].inputs[static_cast<std::size_t>(need.input)];
    const InputFacts& facts = plan.nodes[static_cast<std::size_t>(node)].inputs[static_cast<std::size_t>(need.input)];
    const StreamFacts& stream = plan.nodes[static_cast<std::size_t>(input.node)].outputs[static_cast<std::size_t>(input.output)];
    return {{input.node, input.output}, heldFrame(stream, heldFrame(facts.stream, need.frame) + frameAt(input.in, plan.canvas.rate))};
}

FrameOrigin madeAt(const Plan& plan, Sources& sources, FrameOrigin frame)
{
    while (plan.graph->nodes[static_cast<std::size_t>(frame.port.node)].entry->effect->passes != nullptr) {
        const EvaluatedArguments arguments = evaluateArguments(plan, frame.port.node, frame.frame);
        const FrameCall call = frameCall(plan, frame.port, frame.frame, arguments, &sources);
        const int passed = call.effect.passes(call);
        if (passed < 0)
            break;
        frame = originOf(plan, frame.port.node, frameNeeds(call)[static_cast<std::size_t>(passed)]);
    }
    return frame;
}

Result<std::optional<FilePicture>> filePictureOf(const Plan& plan, Sources& sources, const FrameOrigin& made)
{
    if (plan.graph->nodes[static_cast<std::size_t>(made.port.node)].entry->effect->native == nullptr)
        return std::nullopt;
    const EvaluatedArguments arguments = evaluateArguments(plan, made.port.node, made.frame);
    const FrameCall call = frameCall(plan, made.port, made.frame, arguments, &sources);
    auto picture = call.effect.native(call);
    if (!picture)
        return tl::unexpected<Error>(named(std::move(picture).error(), plan, made.port.node));
    return picture;
}

Error named(Error error, const Plan& plan, int node)
{
    if (error.fault != Fault::Cancelled && !error.message.starts_with("node "))
        error.message = fmt::format("node '{}': {}", plan.graph->nodes[static_cast<std::size_t>(node)].name, error.message);
    return error;
}

} // namespace artdag
