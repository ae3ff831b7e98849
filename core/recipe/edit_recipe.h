// SPDX-License-Identifier: GPL-3.0-or-later
// The edits of the Studio, as pure functions from a recipe to the next one: undo is an earlier Recipe. They keep the
// document's own rules (names, no circles, no dangling wires of what was removed) and know nothing of effects or pixels.
#pragma once

#include "core/base/result.h"
#include "core/recipe/recipe.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

using LayoutPoint = std::pair<double, double>; ///< x, y on the canvas of the editor

/// A name that nothing in the recipe has: the stem, else stem_2, stem_3 … The stem is made a valid name first.
std::string freshName(const Recipe& recipe, std::string_view stem);
/// `[a-z][a-z0-9_]*`, at most 64 letters.
bool isName(std::string_view text);
/// Whether an input, parameter, node or group has this name.
bool hasName(const Recipe& recipe, std::string_view name);

/// Appends a node (`recipe.nodes.back()`). An empty name means freshName of the effect. BadInput for a bad name, Conflict
/// for a taken one.
Result<Recipe> addNode(const Recipe& recipe, std::string_view effect, LayoutPoint position, std::string_view name = {});
/// Removes nodes with the wires, items, outputs' ends, handles and bindings that came from them. With `keepChain`, what
/// took a removed node's first output takes that node's first input instead. NotFound names a node that does not exist.
Result<Recipe> removeNodes(const Recipe& recipe, const std::vector<std::string>& names, bool keepChain = false);
/// Copies of nodes under fresh names, moved by `offset`; wires between them stay between the copies, wires from outside are kept.
/// The copies are the last nodes, in the order of `names`.
Result<Recipe> duplicateNodes(const Recipe& recipe, const std::vector<std::string>& names, LayoutPoint offset);

/// Puts a wire on a plain port, replacing what was there. NotFound for unknown ends, Conflict (naming the circle) when the
/// node already feeds the source.
Result<Recipe> connect(const Recipe& recipe, const Wire& from, std::string_view node, std::string_view port);
/// Takes away whatever is on a port (all items of a list port). NotFound when nothing is there.
Result<Recipe> disconnect(const Recipe& recipe, std::string_view node, std::string_view port);

/// Puts an item into a list port before `index` (−1: at the end). An empty id gets a fresh one when the item is not plain.
Result<Recipe> insertItem(const Recipe& recipe, std::string_view node, std::string_view port, int index, Item item);
/// Replaces an item, for trims and its own arguments.
Result<Recipe> setItem(const Recipe& recipe, std::string_view node, std::string_view port, int index, Item item);
Result<Recipe> removeItem(const Recipe& recipe, std::string_view node, std::string_view port, int index);
/// Moves an item so that it has index `to` afterwards.
Result<Recipe> moveItem(const Recipe& recipe, std::string_view node, std::string_view port, int from, int to);

/// Sets an argument in any of its forms; no value puts the default back. Members keep their order, a new one goes last.
Result<Recipe> setArgument(const Recipe& recipe, std::string_view node, std::string_view argument, std::optional<Json> value);
Result<Recipe> setBypass(const Recipe& recipe, std::string_view node, bool bypass);
/// New places of nodes and inputs on the editor's canvas.
Result<Recipe> moveNodes(const Recipe& recipe, const std::map<std::string, LayoutPoint>& positions);
/// Renames a node or an input everywhere: wires, items, outputs, bindings, layout, handles. BadInput, NotFound, Conflict.
Result<Recipe> renameNode(const Recipe& recipe, std::string_view from, std::string_view to);

/// Puts nodes into a new group and an instance of it in their place; wires across the border become its ports, recipe
/// parameters that the nodes use become its parameters. Handles of the nodes go. An empty name means a fresh one. Conflict
/// when what lies between two of the nodes would feed the instance and be fed by it.
Result<Recipe> groupNodes(const Recipe& recipe, const std::vector<std::string>& names, std::string_view group = {});
/// Puts the nodes of its group in an instance's place, under fresh names; the group goes with its last instance. Conflict
/// when the instance does not fit its group.
Result<Recipe> ungroupNode(const Recipe& recipe, std::string_view instance);

/// Replaces the output of that name, or appends it. NotFound when a wire has no such source.
Result<Recipe> setOutput(const Recipe& recipe, RecipeOutput output);
Result<Recipe> removeOutput(const Recipe& recipe, std::string_view name);

/// Appends an input; an empty name means freshName of its kind ("media", "still"), which is then `recipe.inputs.back().name`.
Result<Recipe> addInput(const Recipe& recipe, RecipeInput input, LayoutPoint position);
/// Replaces title, kind or default of the input of that name.
Result<Recipe> setInput(const Recipe& recipe, RecipeInput input);
/// Removes an input with every wire from it.
Result<Recipe> removeInput(const Recipe& recipe, std::string_view name);

/// Replaces the parameter of that name, or appends it.
Result<Recipe> setParam(const Recipe& recipe, RecipeParam param);
/// Conflict when an argument still uses it, naming the node.
Result<Recipe> removeParam(const Recipe& recipe, std::string_view name);
/// Shows or hides `param` or `node.arg` among the handles.
Result<Recipe> setHandle(const Recipe& recipe, std::string_view handle, bool shown);

} // namespace artdag
