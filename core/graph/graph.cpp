// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"

#include <algorithm>
#include <atomic>

namespace artdag {

const Value* GraphArguments::constant(std::size_t index) const
{
    return std::ranges::find(moving, index, &MovingArgument::index) == moving.end() ? &(*m_values)[index] : nullptr;
}

void GraphArguments::set(std::size_t index, GraphArgument argument)
{
    std::erase_if(moving, [&](const MovingArgument& each) { return each.index == index; });
    if (Value* value = std::get_if<Value>(&argument)) {
        if (m_values.use_count() > 1)
            m_values = std::make_shared<std::vector<Value>>(*m_values);
        else
            std::atomic_thread_fence(std::memory_order_acquire); // after what the last other owner read
        (*m_values)[index] = std::move(*value);
        return;
    }
    MovingArgument moves{index, {}};
    if (auto* animation = std::get_if<std::shared_ptr<const Animation>>(&argument))
        moves.how = std::move(*animation);
    else
        moves.how = std::move(std::get<std::shared_ptr<const Binding>>(argument));
    moving.insert(std::ranges::upper_bound(moving, index, {}, &MovingArgument::index), std::move(moves));
}

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
