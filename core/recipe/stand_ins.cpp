// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/stand_ins.h"

#include "core/recipe/recipe_wires.h"

#include <algorithm>
#include <map>

namespace artdag {

std::optional<StoodIn> putStandIns(const Recipe& recipe, const std::function<bool(const std::string& input)>& hasMedia)
{
    std::map<std::string, std::string> nodes;
    for (const RecipeInput& input : recipe.inputs) {
        if (input.standIn && input.fallback.empty() && !hasMedia(input.name))
            nodes.emplace(input.name, input.standIn->node);
    }
    if (nodes.empty())
        return std::nullopt;
    StoodIn stood{recipe, {}};
    std::erase_if(stood.recipe.inputs, [&](const RecipeInput& input) { return nodes.contains(input.name); });
    for (const RecipeInput& input : recipe.inputs) {
        if (nodes.contains(input.name))
            stood.ports.emplace_back(Wire{input.name, {}}, *input.standIn);
    }
    visitWires(stood.recipe, [&](Wire& wire) {
        const auto standIn = nodes.find(wire.node);
        if (standIn == nodes.end())
            return WireChange::Keep;
        const Wire before = wire;
        wire.node = standIn->second;
        // The first output of the input is that of the stand-in; others must be there under their names.
        if (before.port.empty() || before.port == "picture")
            wire = *std::ranges::find(recipe.inputs, before.node, &RecipeInput::name)->standIn;
        if (!before.port.empty() && std::ranges::find(stood.ports, before, &std::pair<Wire, Wire>::first) == stood.ports.end())
            stood.ports.emplace_back(before, wire);
        return WireChange::Keep;
    });
    return stood;
}

} // namespace artdag
