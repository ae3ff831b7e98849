// SPDX-License-Identifier: GPL-3.0-or-later
// One node of a plan: the shapes of its inputs and outputs, whether it moves, and its arguments where they do not.
#pragma once

#include "core/graph/binding.h"
#include "core/plan/plan.h"

#include <string>

namespace artdag {

/// `node 'glow'`
inline std::string describe(const GraphNode& node)
{
    return "node '" + node.name + "'";
}

/// Calls `use(moving)` with every argument of a node and its items that moves.
template <class Use>
void forEachMoving(const GraphNode& node, Use&& use)
{
    for (const MovingArgument& moving : node.args.moving)
        use(moving);
    for (const GraphItem& item : node.items)
        for (const MovingArgument& moving : item.args.moving)
            use(moving);
}

/// Calls `use(port)` with every source of a node: its inputs, and what its arguments follow.
template <class Use>
void forEachSource(const GraphNode& node, Use&& use)
{
    for (const GraphInput& input : node.inputs)
        use(NodePort{input.node, input.output});
    forEachMoving(node, [&](const MovingArgument& moving) {
        if (const auto* binding = std::get_if<std::shared_ptr<const Binding>>(&moving.how))
            use((*binding)->source);
    });
}

/// Plans a node whose sources are planned, but for digests and analyses. Errors name the node.
Result<void> planNode(Plan& plan, int index, Sources& sources, const PlanOptions& options);

/// What follows from the shapes of an output's ends: its length in frames and samples, and the borders of its chunks.
void measureOutput(Plan& plan, const PlanOptions& options);

} // namespace artdag
