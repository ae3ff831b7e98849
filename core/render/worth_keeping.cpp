// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/worth_keeping.h"

#include <algorithm>

namespace artdag {

bool hasSeveralConsumers(const Plan& plan, int node)
{
    int consumers = 0;
    for (std::size_t i = static_cast<std::size_t>(node) + 1; i < plan.nodes.size() && consumers < 2; ++i)
        if (plan.nodes[i].needed)
            consumers += static_cast<int>(std::ranges::count(plan.graph->nodes[i].inputs, node, &GraphInput::node));
    return consumers > 1;
}

bool worthKeeping(const Plan& plan, int node, bool consumerMoves)
{
    return (consumerMoves && !plan.nodes[static_cast<std::size_t>(node)].animated) || hasSeveralConsumers(plan, node);
}

std::vector<bool> neededAgain(const Plan& plan, int node, const FrameCall& call, const std::vector<FrameNeed>& needs, bool asksNext)
{
    std::vector<FrameNeed> next;
    if (asksNext && call.effect.needs != nullptr) {
        const EvaluatedArguments arguments = evaluateArguments(plan, node, call.frame + 1);
        next = frameNeeds(frameCall(plan, {node, call.output}, call.frame + 1, arguments, call.sources));
    }
    std::vector<bool> again(needs.size());
    for (std::size_t i = 0; i < needs.size(); ++i)
        again[i] = std::ranges::count(needs, needs[i].input, &FrameNeed::input) > 1 || std::ranges::find(next, needs[i]) != next.end();
    return again;
}

bool standsAt(const Plan& plan, NodePort port, std::int64_t frame, const FrameKey& key)
{
    const StreamFacts& facts = plan.nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)];
    const auto isSame = [&](std::int64_t other) { return heldFrame(facts, other) != heldFrame(facts, frame) && plan.frameKey(port, heldFrame(facts, other)) == key; };
    return isSame(frame - 1) || isSame(frame + 1);
}

} // namespace artdag
