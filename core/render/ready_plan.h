// SPDX-License-Identifier: GPL-3.0-or-later
// Planning in two steps: analyses first, then the keys of what they lead. An analysis runs once for the content of its
// inputs and is kept in the store; one that fails is an error of the plan and leaves nothing behind.
#pragma once

#include "core/render/frame_server.h"

#include <map>
#include <memory>
#include <optional>
#include <string_view>

namespace artdag {

/// Where films of bridges are found and kept.
struct Bakes {
    Store* store = nullptr; ///< null: bridges cannot be run
    /// Of a manifest: read instead of running the filter. Where the store lacks the film, the filter is run, and must give
    /// the very same.
    std::map<AnalysisKey, BakedFilm> given = {};
};

/// Runs one of plan.analysesToRun() that is no bridge. Errors name the node; Cancelled within a piece of the sound.
Result<Analysis> runAnalysis(std::shared_ptr<const Plan> plan, int node, Sources& sources, const CancelToken& cancel = {});

/// makePlan, with the analyses that it lacks found in `store`, else run and stored there. A null store neither gives nor
/// keeps: what verification wants. Bridges are baked likewise. The errors of makePlan, of the analyses and of the bridges.
Result<std::shared_ptr<const Plan>> makeReadyPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store* store, const Bakes& bakes, const PlanOptions& options = {},
    const CancelToken& cancel = {});
/// The same where `store` keeps the films of bridges too.
Result<std::shared_ptr<const Plan>> makeReadyPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store* store, const PlanOptions& options = {},
    const CancelToken& cancel = {});

/// What the filter of a bridge gives here and now, run on its inputs as the plan has them, and not kept. Errors name the node.
Result<ContentId> bakedAgain(const std::shared_ptr<const Plan>& plan, int node, Sources& sources, const CancelToken& cancel = {});

/// The film of a bridge that the store has; none where it was not baked, or the film is gone.
std::optional<BakedFilm> storedFilm(Store& store, const AnalysisKey& key);
/// makePlan with analyses and films of bridges as far as the store has them: for who only looks.
Result<std::shared_ptr<const Plan>> makeStoredPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store& store, const PlanOptions& options = {});

} // namespace artdag
