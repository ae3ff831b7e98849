// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_rules.h"

#include "core/recipe/recipe_wires.h"

#include <cmath>

namespace artdag {

Result<void> claim(const Recipe& recipe, std::string_view kind, std::string_view name)
{
    if (!isName(name))
        return fail(Fault::BadInput, std::string(kind) + " " + inQuotes(name) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
    if (hasName(recipe, name))
        return fail(Fault::Conflict, std::string(kind) + " " + inQuotes(name) + ": the name is taken");
    return {};
}

Result<void> checkPoint(std::string_view name, LayoutPoint point)
{
    if (!std::isfinite(point.first) || !std::isfinite(point.second))
        return fail(Fault::BadInput, "node " + inQuotes(name) + ": the place is not finite");
    return {};
}

void place(Recipe& recipe, const std::string& name, LayoutPoint point)
{
    if (recipe.layout.insert_or_assign(name, point).second)
        recipe.layoutOrder.push_back(name);
}

void unplace(Recipe& recipe, const std::string& name)
{
    recipe.layout.erase(name);
    std::erase(recipe.layoutOrder, name);
}

Result<Node*> nodeOf(Recipe& recipe, std::string_view name)
{
    Node* node = recipe.node(name);
    if (node == nullptr)
        return fail(Fault::NotFound, "node " + inQuotes(name) + ": there is none of that name");
    return node;
}

Result<void> sourceExists(const Recipe& recipe, const Wire& wire)
{
    if (recipe.node(wire.node) == nullptr && std::ranges::find(recipe.inputs, wire.node, &RecipeInput::name) == recipe.inputs.end())
        return fail(Fault::NotFound, "wire " + inQuotes(wire.text()) + ": there is no node or input of that name");
    return {};
}

Result<void> refuseCircle(const Recipe& recipe, const Wire& from, std::string_view node)
{
    const auto path = wirePath(recipe, node, from.node);
    if (path.empty())
        return {};
    std::string text;
    for (const std::string& name : path)
        text += name + " → ";
    return fail(Fault::Conflict, "wire " + inQuotes(from.text()) + ": it would make a circle: " + text + path.front());
}

void removeSource(Recipe& recipe, const std::string& name, const std::optional<Wire>& instead)
{
    visitWires(recipe, [&](Wire& wire) {
        if (wire.node != name)
            return WireChange::Keep;
        if (!instead || !wire.port.empty())
            return WireChange::Remove;
        wire = *instead;
        return WireChange::Keep;
    });
    std::erase_if(recipe.handles, [&](const std::string& handle) { return handle == name || handle.starts_with(name + "."); });
    unplace(recipe, name);
}

} // namespace artdag
