// SPDX-License-Identifier: GPL-3.0-or-later
// A graph with one argument of another value, made without checking the recipe again.
#pragma once

#include "core/graph/graph.h"

#include <memory>
#include <string>

namespace artdag {

/// A literal for one argument, as a slider or a typed number gives it. Arguments that move are checked with the whole recipe.
struct ArgumentEdit {
    int node = 0;      ///< index into Graph::nodes
    int item = -1;     ///< index into GraphNode::items; −1: an argument of the node itself
    std::string param; ///< its name
    Json value;        ///< as documents write it
};

/// The graph that checkRecipe gives for the recipe with that argument; the two share all other nodes. NotFound names what is not
/// there, BadInput says what the value must be.
Result<std::shared_ptr<const Graph>> withArgument(const Graph& graph, const ArgumentEdit& edit);

} // namespace artdag
