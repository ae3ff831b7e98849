// SPDX-License-Identifier: GPL-3.0-or-later
// What the edits of a recipe share: the rules about names and wires, and taking every trace of a source away.
#pragma once

#include "core/recipe/edit_recipe.h"
#include "core/recipe/problem_list.h"

#include <algorithm>
#include <functional>

namespace artdag {

/// BadInput when it is no name, Conflict when it is taken. `kind` begins the message: `node`.
Result<void> claim(const Recipe& recipe, std::string_view kind, std::string_view name);
/// freshName for any scope.
std::string freshNameWhere(std::string_view stem, const std::function<bool(const std::string&)>& taken);
Result<void> checkPoint(std::string_view name, LayoutPoint point);
void place(Recipe& recipe, const std::string& name, LayoutPoint point);
void unplace(Recipe& recipe, const std::string& name);

Result<Node*> nodeOf(Recipe& recipe, std::string_view name);
/// NotFound when the wire comes from no node or input.
Result<void> sourceExists(const Recipe& recipe, const Wire& wire);
/// Conflict, naming the circle, when `node` already feeds the wire's source.
Result<void> refuseCircle(const Recipe& recipe, const Wire& from, std::string_view node);
/// Leaves what is on other ends alone and takes away all that came from `name`; `instead` takes the place of its first output.
void removeSource(Recipe& recipe, const std::string& name, const std::optional<Wire>& instead);

template <class Things>
auto named(Things& things, std::string_view name)
{
    return std::ranges::find(things, name, [](const auto& thing) -> std::string_view { return thing.name; });
}

} // namespace artdag
