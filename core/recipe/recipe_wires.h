// SPDX-License-Identifier: GPL-3.0-or-later
// Every place of a recipe in which a wire is written (ports, items, bindings, outputs), visited by one function, so that
// renaming and removing cannot forget one.
#pragma once

#include "core/recipe/recipe.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

enum class WireChange {
    Keep,
    Remove,
};
using WireVisitor = std::function<WireChange(Wire&)>;

/// Wires may be changed in place; Remove takes away the port, item, binding or output's end that has it.
void visitWires(Node& node, const WireVisitor& visit);
void visitWires(Recipe& recipe, const WireVisitor& visit);

/// The port that is given the frame before the asked one, in whatever effect has it: a wire into it may close a circle.
inline constexpr std::string_view previousPort = "previous";

/// The sources of a node's ports, items and bindings, in written order, but not of `previous`.
void visitSources(const Node& node, const std::function<void(const std::string& source)>& visit);
std::vector<std::string> sourcesOf(const Node& node);

/// Names on a way along wires from `from` to `to`, both included; empty when there is none. `{a}` when they are the same.
std::vector<std::string> wirePath(const Recipe& recipe, std::string_view from, std::string_view to);

/// Whether an argument of the node is or reads a recipe parameter.
bool usesParam(const Node& node, std::string_view param);

} // namespace artdag
