// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of wires as the canvas sees them: sockets of plain ports, of list items and of outputs alike. Pure functions over
// core's edits; they never check types (GraphScene::fits does, before a wire is dropped).
#pragma once

#include "core/recipe/edit_recipe.h"
#include "ui/graph_scene.h"

namespace artdag {

/// The socket of an argument that follows something: its wire is the binding.
inline std::string argumentSocket(std::string_view argument)
{
    return "args/" + std::string(argument);
}
/// The argument of such a socket; empty for a port.
inline std::string argumentOf(const ScenePort& socket)
{
    return socket.name.starts_with("args/") ? socket.name.substr(5) : std::string();
}
/// The wire that an output port of a card stands for.
Wire wireOf(const SceneCard& card, int outputPort);
/// Puts a wire into a socket; an occupied one is replaced, the open socket of a list gets one more item.
Result<Recipe> plugIn(const Recipe& recipe, const Wire& from, const SceneCard& card, const ScenePort& socket);
/// Takes the wire out of a socket.
Result<Recipe> unplug(const Recipe& recipe, const SceneCard& card, const ScenePort& socket);
/// Adds a node into an existing wire: what the wire came from feeds its first fitting input, its first output feeds what
/// the wire went to.
Result<Recipe> insertIntoWire(const Recipe& recipe, const Catalogue& effects, const GraphScene& scene, const SceneWire& wire, std::string_view effect, LayoutPoint position);
/// The same with a card that is there already and unconnected.
Result<Recipe> putIntoWire(const Recipe& recipe, const GraphScene& scene, const SceneWire& wire, const SceneCard& card);
/// The first input of an effect that takes this type; nullptr when none does.
const Port* firstInputFor(const Effect& effect, PortType type);
/// The first output of an effect that this port takes; −1 when none does.
int firstOutputFor(const Effect& effect, PortType type);
/// A recipe with no more than what one end needs, with that end as its only output, `preview`: a half-made node elsewhere
/// must not keep the rest from being seen. Picture and sound may be empty.
Recipe partFor(const Recipe& recipe, const std::optional<Wire>& picture, const std::optional<Wire>& sound);

} // namespace artdag
