// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between two recipes, as an artist would say it: which node, which parameter, from what to what. It knows
// nothing of effects: a default that is written out differs from one that is not.
#pragma once

#include "core/recipe/recipe.h"

#include <string>
#include <vector>

namespace artdag {

struct RecipeDifference {
    std::string place; ///< a node's, an input's, a parameter's or an output's name; `canvas`
    std::string what;  ///< an argument, a port, a member; empty: the whole of it is there or not
    std::string before, after;
    bool operator==(const RecipeDifference&) const = default;
};

/// In the order of the later recipe; what is gone comes last. Layout, texts and handles are no difference.
std::vector<RecipeDifference> compareRecipes(const Recipe& before, const Recipe& after);

} // namespace artdag
