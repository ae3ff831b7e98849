// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scope_target.h"

#include "core/recipe/group_scope.h"
#include "ui/group_ports.h"

#include <algorithm>
#include <span>

namespace artdag {

namespace {
using Path = std::span<const std::string>;

/// The inside of the group that a path of instances leads to.
std::optional<Recipe> insideOf(const Recipe& document, Path path)
{
    Recipe scope = document;
    for (const std::string& instance : path) {
        const Node* node = scope.node(instance);
        Result<Recipe> inside = node == nullptr ? fail(Fault::NotFound, instance) : recipeOfGroup(document, node->group);
        if (!inside)
            return std::nullopt;
        scope = std::move(*inside);
    }
    return scope;
}

/// A wire of the scope at the end of a path, as the flat recipe names it.
std::optional<Wire> flatWire(const Recipe& document, Path path, const Wire& wire)
{
    if (path.empty())
        return wire;
    const std::optional<Recipe> scope = insideOf(document, path);
    if (!scope)
        return std::nullopt;
    if (scope->node(wire.node) != nullptr) {
        std::string flat;
        for (const std::string& instance : path)
            flat += instance + "__";
        return Wire{flat + wire.node, wire.port};
    }
    const Path outer = path.first(path.size() - 1);
    const std::optional<Recipe> around = insideOf(document, outer);
    const Node* instance = around ? around->node(path.back()) : nullptr;
    const PortValue* fed = instance == nullptr ? nullptr : instance->port(wire.node);
    const Wire* source = fed == nullptr ? nullptr : std::get_if<Wire>(&fed->value);
    return source == nullptr ? std::nullopt : flatWire(document, outer, *source);
}

PreviewTarget targetOfWire(const std::optional<Wire>& wire, std::optional<PortType> type)
{
    if (!wire || !type)
        return {};
    if (*type == PortType::Picture)
        return {wire, std::nullopt};
    return *type == PortType::Sound ? PreviewTarget{std::nullopt, wire} : PreviewTarget{};
}

PreviewTarget targetOfInstance(const Recipe& scope, const Catalogue& effects, const Node& node)
{
    PreviewTarget target;
    const Group* group = scope.group(node.group);
    for (std::size_t i = 0; group != nullptr && i < group->outputs.size(); ++i) {
        const auto type = typeOfGroupOutput(scope, effects, *group, group->outputs[i].first);
        const Wire wire{node.name, i == 0 ? std::string() : group->outputs[i].first};
        if (type == PortType::Picture && !target.picture)
            target.picture = wire;
        if (type == PortType::Sound && !target.sound)
            target.sound = wire;
    }
    return target;
}
} // namespace

PreviewTarget targetInScope(const GraphScope& scope, const Recipe& document, const Catalogue& effects, const std::string& card)
{
    const RecipePointer recipe = scope.recipe();
    PreviewTarget target;
    if (const Node* node = recipe->node(card); node != nullptr && !node->group.empty())
        target = targetOfInstance(*recipe, effects, *node);
    else if (scope.depth() > 0 && node == nullptr) {
        Wire wire{card, {}};
        for (const RecipeOutput& output : recipe->outputs)
            if ("@" + output.name == card && output.picture)
                wire = *output.picture;
        return targetOfWire(flatWire(document, scope.path(), wire), typeOfWire(*recipe, effects, wire));
    } else {
        target = targetOfCard(*recipe, effects, card);
    }
    for (std::optional<Wire>* end : {&target.picture, &target.sound})
        if (*end)
            *end = flatWire(document, scope.path(), **end);
    return target;
}

std::optional<Wire> wireInScope(const GraphScope& scope, const Recipe& document, const Wire& wire)
{
    return flatWire(document, scope.path(), wire);
}

} // namespace artdag
