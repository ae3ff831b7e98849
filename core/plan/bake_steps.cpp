// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/bake_steps.h"

#include <algorithm>

namespace artdag {

namespace {

bool givesSound(const GraphNode& node)
{
    return node.entry->effect->outputs.front().type == PortType::Sound;
}

} // namespace

EvaluatedArguments bakeArguments(const Plan& plan, int node, std::int64_t step)
{
    if (!givesSound(plan.graph->nodes[static_cast<std::size_t>(node)]))
        return evaluateArguments(plan, node, step);
    return evaluateArgumentsAt(plan, node, timeOfFrame(step * bakeBlock, {plan.canvas.sampleRate, 1}));
}

void addBakeSteps(Hasher& hasher, const Plan& plan, int node, std::int64_t longest)
{
    const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
    if (graphNode.entry->bridge->version() < 2) // works whose films were named without it
        return;
    const bool sound = givesSound(graphNode);
    const std::int64_t canvas = frameAt(plan.canvas.duration, sound ? Rate{plan.canvas.sampleRate, 1} : plan.canvas.rate);
    hasher.addU64(static_cast<std::uint64_t>(std::max(longest, canvas)));
    const std::int64_t length = longest > 0 ? longest : canvas, step = sound ? bakeBlock : 1;
    for (std::int64_t at = 0; !graphNode.args.moving.empty() && at < length; at += step) {
        const EvaluatedArguments arguments = bakeArguments(plan, node, at / step);
        Preimage preimage;
        for (const MovingArgument& moving : graphNode.args.moving)
            addMoving(preimage, moving.index, arguments.values[moving.index]);
        hasher.add(preimage.view());
    }
}

} // namespace artdag
