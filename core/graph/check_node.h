// SPDX-License-Identifier: GPL-3.0-or-later
// One node against its effect: ports connected and typed, items, trims and arguments read.
#pragma once

#include "core/graph/argument.h"
#include "core/graph/recipe_sources.h"

#include <unordered_map>

namespace artdag {

/// A connected input whose source is not yet an index into the graph.
struct Connection {
    int port = 0;
    int item = -1;
    SourcePort from;
    Flicks in = 0;
    std::optional<Flicks> out;
};

struct CheckedNode {
    std::vector<Connection> connections;
    std::vector<GraphItem> items;
    GraphArguments args;
};

/// The arguments of nodes that are given none, made once for each list of parameters, which must outlive it.
class DefaultArguments {
public:
    const GraphArguments& of(const std::vector<Param>& params);

private:
    std::unordered_map<const std::vector<Param>*, GraphArguments> m_made;
};

/// Nothing is read of a node whose effect is not known.
CheckedNode checkNode(int index, RecipeSources& sources, const ArgumentScope& scope, DefaultArguments& defaults, ProblemList& problems);

} // namespace artdag
