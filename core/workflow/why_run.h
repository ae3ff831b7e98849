// SPDX-License-Identifier: GPL-3.0-or-later
// Why a node would run again: what was written when its frames were last at hand, compared with what is written now. Keys
// decide whether anything differs; the recipe says what. Values, compared by pure functions.
#pragma once

#include "core/workflow/inspect_recipe.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace artdag {

struct NodeTrace {
    FrameKey key; ///< of all its frames, where it gives pictures
    bool hasKey = false;
    Json written;                                            ///< the node as the flat recipe has it
    std::vector<std::pair<std::string, std::string>> inputs; ///< port → name of what feeds it
};

struct RecipeTrace {
    std::map<std::string, NodeTrace> nodes; ///< by name in the flat recipe; none while there is no plan
    std::map<std::string, Json> params;
    Json canvas;
    double scale = 1;
};

/// What an inspection says of all nodes that its output needs. Computes keys that are not known yet: not for the GUI thread.
RecipeTrace traceOf(const Inspection& inspection, double scale);

/// One sentence that names the first thing that differs between the trace in which the node's frames were last at hand (null:
/// never) and now: canvas, the node itself, then its inputs in order and what they are made from.
std::string whyRun(const std::string& node, const RecipeTrace* before, const RecipeTrace& now);

} // namespace artdag
