// SPDX-License-Identifier: GPL-3.0-or-later
// What checking asks before it looks at nodes: the canvas, what a run puts in, and the recipe's own parameters.
#pragma once

#include "core/graph/argument.h"
#include "core/graph/graph.h"
#include "core/recipe/problem_list.h"

namespace artdag {

void checkCanvas(const RecipeCanvas& canvas, ProblemList& problems);

/// Names that a run binds and the recipe lacks.
void checkBindings(const Recipe& recipe, const RecipeBindings& bindings, ProblemList& problems);

/// What a literal of the parameter must be. Its type must be known.
Param describeParam(const RecipeParam& param);

/// Fills `params`, `brokenParams` and `numbers` of the scope; its rate must be set. `within` begins messages, `pointer` is that of the
/// member `params`.
void readParams(const std::vector<RecipeParam>& params, const std::string& within, const std::string& pointer, const RecipeBindings& bindings, ArgumentScope& scope,
    ProblemList& problems);

} // namespace artdag
