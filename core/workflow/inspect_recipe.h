// SPDX-License-Identifier: GPL-3.0-or-later
// What an editor shows of a recipe after each edit, without rendering: problems, shapes, keys, what is cached.
#pragma once

#include "core/render/frame_server.h"
#include "core/render/proxy_sources.h"
#include "core/workflow/workspace.h"

#include <memory>
#include <string>
#include <vector>

namespace artdag {

enum class NodeState {
    Absent,
    Partial,
    Cached,
    Failed,
    Waiting,
};

struct InspectedNode {
    std::string name;
    NodeState state = NodeState::Absent; ///< over the frames asked, in `cache`
    std::string message;                 ///< for Failed: what and what to do; for Waiting: on whom
};

struct Inspection {
    std::shared_ptr<const Recipe> recipe;
    std::vector<Problem> problems;
    std::shared_ptr<const Graph> graph; ///< null when a problem is an error
    std::shared_ptr<const Plan> plan;   ///< of the first output at `scale`; null without a graph
    std::vector<InspectedNode> nodes;   ///< in the recipe's order; then those inside groups, by their flat names (`a__b`)
};

/// Pure but for probing media. Not for the GUI thread: it may open files. With a `shelf` the keys are those of previews that
/// read proxies; `shelf` and `cache` may be null.
Inspection inspectRecipe(std::shared_ptr<const Recipe> recipe, Workspace& workspace, FrameCache* cache, ProxyShelf* shelf, double scale, std::int64_t firstFrame, std::int64_t frames);

} // namespace artdag
