// SPDX-License-Identifier: GPL-3.0-or-later
// Planning in two steps: analyses first, then the keys of what they lead. An analysis runs once for the content of its
// inputs and is kept in the store; one that fails is an error of the plan and leaves nothing behind.
#pragma once

#include "core/render/frame_server.h"

#include <memory>
#include <string_view>

namespace artdag {

/// Runs one of plan.analysesToRun(). Errors name the node; Cancelled within a piece of the sound.
Result<Analysis> runAnalysis(std::shared_ptr<const Plan> plan, int node, Sources& sources, const CancelToken& cancel = {});

/// makePlan, with the analyses that it lacks found in `store`, else run and stored there. A null store neither gives nor
/// keeps: what verification wants. The errors of makePlan and of the analyses.
Result<std::shared_ptr<const Plan>> makeReadyPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store* store, const PlanOptions& options = {},
    const CancelToken& cancel = {});

} // namespace artdag
