// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/ready_plan.h"

#include <fmt/format.h>

#include <map>

namespace artdag {

Result<Analysis> runAnalysis(std::shared_ptr<const Plan> plan, int node, Sources& sources, const CancelToken& cancel)
{
    const GraphNode& graphNode = plan->graph->nodes[static_cast<std::size_t>(node)];
    FrameServer server(plan, sources);
    const auto source = [&](int input) -> const GraphInput& { return graphNode.inputs[static_cast<std::size_t>(input)]; };
    const EvaluatedArguments arguments = evaluateArguments(*plan, node, 0);
    AnalysisCall call{callOf(*plan, {node, 0}, arguments, &sources), {}, {}};
    call.soundOf = [&](int input, SampleRange range) {
        range.first += frameAt(source(input).in, {plan->canvas.sampleRate, 1});
        return server.sound({source(input).node, source(input).output}, range, cancel);
    };
    call.pictureOf = [&](int input, std::int64_t frame) { return server.picture({source(input).node, source(input).output}, frame + frameAt(source(input).in, plan->canvas.rate), cancel); };
    auto found = call.effect.analyse(call);
    if (!found) {
        Error error = std::move(found).error();
        if (error.fault != Fault::Cancelled && !error.message.starts_with("node "))
            error.message = fmt::format("node '{}': {}", graphNode.name, error.message);
        return tl::unexpected<Error>(std::move(error));
    }
    CHECK(found->size() == call.effect.outputs.size());
    return std::move(*found);
}

Result<std::shared_ptr<const Plan>> makeReadyPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store* store, const PlanOptions& options,
    const CancelToken& cancel)
{
    std::map<AnalysisKey, AnalysisPointer> made;
    PlanOptions looking = options;
    looking.analyses = [&](const AnalysisKey& key) -> AnalysisPointer {
        if (const auto known = made.find(key); known != made.end())
            return known->second;
        return store != nullptr ? storedAnalysis(*store, key) : nullptr;
    };
    for (;;) {
        auto plan = TRY(makePlan(graph, output, sources, looking));
        const std::vector<int> toRun = plan->analysesToRun();
        if (toRun.empty())
            return plan;
        for (const int node : toRun) {
            const AnalysisKey key = *plan->nodes[static_cast<std::size_t>(node)].analysisKey;
            if (made.contains(key)) // two nodes that find the same thing
                continue;
            auto found = std::make_shared<const Analysis>(TRY(runAnalysis(plan, node, sources, cancel)));
            if (store != nullptr)
                TRY(storeAnalysis(*store, key, *found));
            made.emplace(key, std::move(found));
        }
    }
}

} // namespace artdag
