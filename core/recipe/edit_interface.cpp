// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"
#include "core/recipe/edit_rules.h"
#include "core/recipe/recipe_wires.h"

namespace artdag {

Result<Recipe> setOutput(const Recipe& recipe, RecipeOutput output)
{
    if (!isName(output.name))
        return fail(Fault::BadInput, "output " + inQuotes(output.name) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
    for (const auto& end : {output.picture, output.sound})
        if (end)
            TRY(sourceExists(recipe, *end));
    Recipe next = recipe;
    if (const auto found = named(next.outputs, output.name); found != next.outputs.end())
        *found = std::move(output);
    else
        next.outputs.push_back(std::move(output));
    return next;
}

Result<Recipe> removeOutput(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    if (std::erase_if(next.outputs, [&](const RecipeOutput& output) { return output.name == name; }) == 0)
        return fail(Fault::NotFound, "output " + inQuotes(name) + ": there is none of that name");
    return next;
}

Result<Recipe> addInput(const Recipe& recipe, RecipeInput input, LayoutPoint position)
{
    if (input.name.empty())
        input.name = freshName(recipe, input.media);
    TRY(claim(recipe, "input", input.name));
    TRY(checkPoint(input.name, position));
    Recipe next = recipe;
    place(next, input.name, position);
    next.inputs.push_back(std::move(input));
    return next;
}

Result<Recipe> setInput(const Recipe& recipe, RecipeInput input)
{
    Recipe next = recipe;
    const auto found = named(next.inputs, input.name);
    if (found == next.inputs.end())
        return fail(Fault::NotFound, "input " + inQuotes(input.name) + ": there is none of that name");
    *found = std::move(input);
    return next;
}

Result<Recipe> removeInput(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    if (std::erase_if(next.inputs, [&](const RecipeInput& input) { return input.name == name; }) == 0)
        return fail(Fault::NotFound, "input " + inQuotes(name) + ": there is none of that name");
    removeSource(next, std::string(name), std::nullopt);
    return next;
}

Result<Recipe> setParam(const Recipe& recipe, RecipeParam param)
{
    Recipe next = recipe;
    if (const auto found = named(next.params, param.name); found != next.params.end()) {
        *found = std::move(param);
        return next;
    }
    TRY(claim(recipe, "param", param.name));
    next.params.push_back(std::move(param));
    return next;
}

Result<Recipe> removeParam(const Recipe& recipe, std::string_view name)
{
    Recipe next = recipe;
    if (named(next.params, name) == next.params.end())
        return fail(Fault::NotFound, "param " + inQuotes(name) + ": there is none of that name");
    for (const Node& node : recipe.nodes)
        if (usesParam(node, name))
            return fail(Fault::Conflict, "param " + inQuotes(name) + ": node '" + node.name + "' still uses it");
    std::erase_if(next.params, [&](const RecipeParam& param) { return param.name == name; });
    std::erase(next.handles, std::string(name));
    return next;
}

Result<Recipe> setHandle(const Recipe& recipe, std::string_view handle, bool shown)
{
    const auto dot = handle.find('.');
    const std::string_view owner = handle.substr(0, dot);
    if (dot == std::string_view::npos ? named(recipe.params, owner) == recipe.params.end() : recipe.node(owner) == nullptr)
        return fail(Fault::NotFound, "handle " + inQuotes(handle) + ": there is no such parameter or node");
    Recipe next = recipe;
    std::erase(next.handles, std::string(handle));
    if (shown)
        next.handles.emplace_back(handle);
    return next;
}

} // namespace artdag
