// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"

#include <algorithm>

namespace artdag {

const GraphOutput* Graph::output(std::string_view name) const
{
    if (name.empty())
        return outputs.empty() ? nullptr : &outputs.front();
    const auto found = std::ranges::find(outputs, name, &GraphOutput::name);
    return found == outputs.end() ? nullptr : &*found;
}

int Graph::node(std::string_view name) const
{
    const auto found = std::ranges::find(nodes, name, &GraphNode::name);
    return found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
}

std::optional<NodePort> Graph::port(const Wire& wire) const
{
    for (const auto& [from, to] : passing)
        if (from.node == wire.node && (wire.port.empty() || from.port == wire.port))
            return to;
    const int index = node(wire.node);
    if (index < 0)
        return std::nullopt;
    const auto& outputs = nodes[static_cast<std::size_t>(index)].entry->effect->outputs;
    const auto found = wire.port.empty() ? outputs.begin() : std::ranges::find(outputs, std::string_view(wire.port), &Port::name);
    if (found == outputs.end())
        return std::nullopt;
    return NodePort{index, static_cast<int>(found - outputs.begin())};
}

} // namespace artdag
