// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/group_ports.h"

#include "core/recipe/group_scope.h"

#include <algorithm>

namespace artdag {

namespace {
constexpr int deepest = 16; // groups may be nested deeper; then their ports are drawn as pictures

template <class Ports>
const Port* portOf(const Ports& ports, std::string_view name)
{
    const auto found = std::ranges::find_if(ports, [&](const Port& port) { return port.name == name; });
    return found == ports.end() ? nullptr : &*found;
}

/// What a node's port takes.
std::optional<PortType> typeOfPort(const Recipe& recipe, const Catalogue& effects, const Node& node, std::string_view port, int depth)
{
    if (const Group* group = node.group.empty() ? nullptr : recipe.group(node.group))
        return typeOfGroupInput(recipe, effects, *group, port, depth + 1);
    const CatalogueEntry* entry = effects.find(node.effect);
    const Port* found = entry == nullptr ? nullptr : portOf(entry->effect->inputs, port);
    return found == nullptr ? std::nullopt : std::optional(found->type);
}

bool comesFrom(const PortValue& value, std::string_view source)
{
    if (const Wire* wire = std::get_if<Wire>(&value.value))
        return wire->node == source;
    return std::ranges::any_of(std::get<std::vector<Item>>(value.value), [&](const Item& item) { return item.from && item.from->node == source; });
}

std::optional<PortType> typeOfUse(const Recipe& recipe, const Catalogue& effects, const std::vector<Node>& nodes, std::string_view input, int depth)
{
    for (const Node& node : nodes)
        for (const auto& [port, value] : node.in)
            if (comesFrom(value, input))
                if (const auto type = typeOfPort(recipe, effects, node, port, depth))
                    return type;
    return std::nullopt;
}

std::optional<PortType> typeOfNodeOutput(const Recipe& recipe, const Catalogue& effects, const Node& node, std::string_view port, int depth)
{
    if (const Group* group = node.group.empty() ? nullptr : recipe.group(node.group))
        return typeOfGroupOutput(recipe, effects, *group, port, depth + 1);
    const CatalogueEntry* entry = effects.find(node.effect);
    if (entry == nullptr || entry->effect->outputs.empty())
        return std::nullopt;
    const Port* found = port.empty() ? &entry->effect->outputs.front() : portOf(entry->effect->outputs, port);
    return found == nullptr ? std::nullopt : std::optional(found->type);
}
} // namespace

std::optional<PortType> typeOfGroupInput(const Recipe& recipe, const Catalogue& effects, const Group& group, std::string_view input, int depth)
{
    return depth > deepest ? std::nullopt : typeOfUse(recipe, effects, group.nodes, input, depth);
}

std::optional<PortType> typeOfGroupOutput(const Recipe& recipe, const Catalogue& effects, const Group& group, std::string_view output, int depth)
{
    if (depth > deepest)
        return std::nullopt;
    for (const auto& [name, wire] : group.outputs) {
        if (!output.empty() && name != output)
            continue;
        if (const Node* node = group.node(wire.node))
            return typeOfNodeOutput(recipe, effects, *node, wire.port, depth);
        return typeOfGroupInput(recipe, effects, group, wire.node, depth);
    }
    return std::nullopt;
}

std::optional<PortType> typeOfWire(const Recipe& recipe, const Catalogue& effects, const Wire& wire, int depth)
{
    if (const Node* node = recipe.node(wire.node))
        return typeOfNodeOutput(recipe, effects, *node, wire.port, depth);
    for (const RecipeInput& input : recipe.inputs) {
        if (input.name != wire.node)
            continue;
        if (input.media == groupPort)
            return typeOfUse(recipe, effects, recipe.nodes, wire.node, depth);
        return wire.port == "sound" ? PortType::Sound : PortType::Picture;
    }
    return std::nullopt;
}

} // namespace artdag
