// SPDX-License-Identifier: GPL-3.0-or-later
// A group seen as a recipe of its own, and put back: so every edit of a recipe also works inside a group, and nobody needs
// a second set of edits. Inputs of the group are inputs of `media` "group", its ports are outputs encoded as "group".
#pragma once

#include "core/base/result.h"
#include "core/recipe/recipe.h"

#include <string_view>

namespace artdag {

inline constexpr std::string_view groupPort = "group"; ///< what stands for a kind of input and of output inside a group

/// The group's nodes, inputs, params, ports and layout with the canvas and the groups of `recipe`. It is never written down:
/// an optional input has the unknown member `optional`. NotFound when there is no such group.
Result<Recipe> recipeOfGroup(const Recipe& recipe, std::string_view group);

/// The recipe with what recipeOfGroup gave and somebody edited. Instances follow: renamed inputs, params and ports keep what
/// was on them, and what is gone takes its wires with it. NotFound when there is no such group.
Result<Recipe> withGroup(const Recipe& recipe, std::string_view group, const Recipe& inside);

/// Makes a parameter of the recipe, or of the group that `recipe` is the inside of, out of a node's argument, which follows
/// it from then on. `param` is described by the caller; an empty name means a fresh one like the argument's. What the
/// argument was is the parameter's default. NotFound for the node; Conflict when the argument already follows something.
Result<Recipe> promoteArgument(const Recipe& recipe, std::string_view node, std::string_view argument, RecipeParam param);

} // namespace artdag
