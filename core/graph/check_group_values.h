// SPDX-License-Identifier: GPL-3.0-or-later
// The values of groups where they are written, before they are put in the place of their names: promoted parameters,
// arguments of instances, expressions. What effects say about them comes after.
#pragma once

#include "core/graph/graph.h"

namespace artdag {

void checkGroupValues(const Recipe& recipe, const RecipeBindings& bindings, std::vector<Problem>& problems);

} // namespace artdag
