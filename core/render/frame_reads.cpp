// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/frame_reads.h"

#include <algorithm>
#include <unordered_set>

namespace artdag {

namespace {

/// Frames that were looked at: many ways may lead to one, each of them from many.
using Seen = std::unordered_set<PlanSlot, PlanSlotHash>;

void addReads(const Plan& plan, Sources& sources, const FrameOrigin& frame, const std::function<bool(const FrameOrigin&)>& isAtHand, Seen& seen, std::vector<FrameOrigin>& reads)
{
    const GraphNode& node = plan.graph->nodes[static_cast<std::size_t>(frame.port.node)];
    const EvaluatedArguments arguments = evaluateArguments(plan, frame.port.node, frame.frame);
    const FrameCall call = frameCall(plan, frame.port, frame.frame, arguments, &sources);
    const bool readsMedia = node.entry->bridge != nullptr || std::ranges::any_of(call.effect.params, [](const Param& param) { return param.kind == ParamKind::File; });
    if (readsMedia && (call.effect.timeDependent || call.effect.moment != nullptr))
        reads.push_back(frame);
    for (const FrameNeed& need : frameNeeds(call)) {
        if (isBefore(node, static_cast<std::size_t>(need.input)))
            continue; // the frame before has asked for its own
        const FrameOrigin source = originOf(plan, frame.port.node, need);
        if (seen.insert({source.port.node, source.port.output, source.frame}).second && !isAtHand(source))
            addReads(plan, sources, source, isAtHand, seen, reads);
    }
}

} // namespace

std::vector<FrameOrigin> sourceFrames(const Plan& plan, Sources& sources, const FrameOrigin& frame, const std::function<bool(const FrameOrigin&)>& isAtHand)
{
    std::vector<FrameOrigin> reads;
    Seen seen;
    if (!isAtHand(frame))
        addReads(plan, sources, frame, isAtHand, seen, reads);
    return reads;
}

Result<void> readSource(const Plan& plan, Sources& sources, const FrameOrigin& frame)
{
    const EvaluatedArguments arguments = evaluateArguments(plan, frame.port.node, frame.frame);
    const FrameCall call = frameCall(plan, frame.port, frame.frame, arguments, &sources);
    Picture pixel(Rect{0, 0, 1, 1}); // one is enough to have all decoded
    if (auto done = call.effect.render(call, {}, pixel.view()); !done)
        return tl::unexpected<Error>(named(std::move(done).error(), plan, frame.port.node));
    return {};
}

} // namespace artdag
