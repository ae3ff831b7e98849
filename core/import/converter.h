// SPDX-License-Identifier: GPL-3.0-or-later
// The conversion of one graph, node by node: what each type of the older project becomes. For convert_graph and
// compose_nodes only.
#pragma once

#include "core/import/import_recipe.h"
#include "core/import/node_maker.h"
#include "core/import/old_graph.h"

#include <unordered_map>

namespace artdag {

class Converter {
public:
    Converter(OldGraph graph, const Catalogue& effects)
        : m_graph(std::move(graph)),
          m_make(effects, m_graph.notes)
    {
    }

    OldResult<Imported> convert();

private:
    using Feeds = std::vector<const Made*>; ///< what the inputs of a node became

    std::optional<OldFault> order(std::vector<int>& order);
    void readHead();
    void readCanvas();
    Made convertNode(const OldNode& node, const Feeds& feeds);
    Made source(const OldNode& node);
    Made segment(const OldNode& node, const Feeds& feeds);
    Made resize(const OldNode& node, const Feeds& feeds);
    Made transform(const OldNode& node, const Feeds& feeds);
    Made sequence(const OldNode& node, const Feeds& feeds);
    Made layer(const OldNode& node, const Feeds& feeds);
    Made blend(const OldNode& node, const Feeds& feeds);
    Made mux(const OldNode& node, const Feeds& feeds);
    Made audioMix(const OldNode& node, const Feeds& feeds);
    Made effect(const OldNode& node, const Feeds& feeds);
    Made analyze(const OldNode& node, const Feeds& feeds);
    Made leaveOut(const OldNode& node, const Feeds& feeds, const std::string& why);
    /// The config, with bindings and parameters in our form; what cannot be is left out with a note.
    Json configOf(const OldNode& node);
    std::optional<Json> argument(const OldNode& node, const std::string& name, const Json& value);
    static std::string subjectOf(const OldNode& node) { return "node '" + (node.name.empty() ? node.id : node.name).substr(0, 80) + "'"; }
    static Made first(const Feeds& feeds) { return feeds.empty() ? Made() : *feeds[0]; }

    OldGraph m_graph;
    NodeMaker m_make;
    std::unordered_map<std::string, Made> m_made;
    std::unordered_map<std::string, std::string> m_assets; ///< name → the recipe's input
};

} // namespace artdag
