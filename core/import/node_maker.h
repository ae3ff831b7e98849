// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the nodes of an imported recipe: fresh names, ports by type, and only arguments that check. What does not fit becomes
// a note.
#pragma once

#include "core/effect/catalogue.h"
#include "core/graph/argument.h"
#include "core/import/old_graph.h"

#include <optional>
#include <unordered_set>

namespace artdag {

/// What a node of the older project became.
struct Made {
    std::optional<Wire> picture, sound;
    std::optional<Wire> signal;    ///< of an analysis: what bindings follow
    std::optional<double> seconds; ///< its length, where it is written
};

/// The nodes that bindings in a config name, also those one level down.
std::vector<std::string> boundSources(const Json& config);

/// `value × factor + offset`, for a number, the range of a binding or a parameter.
Json scaled(const Json& value, double factor, double offset);

class NodeMaker {
public:
    NodeMaker(const Catalogue& effects, std::vector<Problem>& notes);

    Recipe& recipe() { return m_recipe; }
    void note(const OldPlace& place, std::string message) { m_notes.push_back(noteAt(place, std::move(message))); }
    std::string freshName(const std::string& stem);
    [[nodiscard]] bool knows(std::string_view effect) const { return m_effects.find(effect) != nullptr; }

    /// Appends an input; its name. `hash` as the older project writes it, `path` for the note when it is none.
    std::string addInput(const std::string& stem, const std::string& hash, const std::string& path, const OldPlace& place);
    /// Appends a node; valid until the next one is made.
    Node& node(std::string_view effect, const OldNode& old, const std::string& suffix = {});
    /// Takes the node that was made last away again.
    void drop(const Node& node);
    static void connect(Node& node, std::string_view port, const Wire& from);
    void append(Node& node, std::string_view port, const Wire& from, const Json& args, const OldNode& old);
    /// Connects the ports of any effect, in order and by type. False when one that is needed stays unconnected.
    bool feed(Node& node, const std::vector<const Made*>& feeds);
    /// Takes over the members that are parameters here and hold; notes the others.
    void arguments(Node& node, const Json& config, const OldNode& old);
    [[nodiscard]] Made outputsOf(const Node& node) const;

private:
    std::vector<std::pair<std::string, Json>> readArguments(std::string_view effect, const std::vector<Param>& params, const Json& config, const OldNode& old);
    const ArgumentScope& scope();

    const Catalogue& m_effects;
    std::vector<Problem>& m_notes;
    Recipe m_recipe;
    std::unordered_set<std::string> m_names;
    std::optional<ArgumentScope> m_scope; ///< once the parameters are there
};

} // namespace artdag
