// SPDX-License-Identifier: GPL-3.0-or-later
// One node against its effect: ports connected and typed, items, trims and arguments read.
#pragma once

#include "core/graph/argument.h"
#include "core/graph/recipe_sources.h"

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
    std::vector<GraphArgument> args;
};

/// Nothing is read of a node whose effect is not known.
CheckedNode checkNode(int index, RecipeSources& sources, const ArgumentScope& scope, ProblemList& problems);

} // namespace artdag
