// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/plan_report.h"

#include "core/plan/cost.h"

#include <algorithm>
#include <thread>

namespace artdag {

namespace {

Json namesOf(const Plan& plan, const std::vector<int>& nodes)
{
    Json names = Json::array();
    for (const int node : nodes)
        names.push_back(plan.graph->nodes[static_cast<std::size_t>(node)].name);
    return names;
}

Json stepOf(const Plan& plan, int node, const std::vector<bool>& cached, double pace)
{
    const PlanNode& planned = plan.nodes[static_cast<std::size_t>(node)];
    const GraphNode& graphNode = plan.graph->nodes[static_cast<std::size_t>(node)];
    std::int64_t frames = 0;
    bool pictures = false;
    for (std::size_t port = 0; port < planned.outputs.size(); ++port) {
        frames = std::max(frames, plan.stepFrames(node, static_cast<int>(port)));
        pictures = pictures || planned.outputs[port].type == PortType::Picture;
    }
    const bool baked = graphNode.entry->bridge != nullptr;
    const bool toBake = baked && planned.outputs.front().baked.isNull(); // its key is that of the film that it gives
    const std::int64_t left = pictures ? framesToRender(plan, node, cached) : 0;
    return {{"node", graphNode.name}, {"effect", graphNode.entry->name}, {"key", planned.waitsFor.empty() && !toBake ? Json(plan.stepKey(node).text()) : Json()}, {"frames", frames},
        {"cached_frames", pictures ? frames - left : std::int64_t{planned.analysis ? frames : 0}}, {"estimated_seconds", estimatedSeconds(plan, node, left) * pace},
        {"analysis", graphNode.entry->effect->analyse == nullptr ? Json() : Json(planned.analysis ? "at hand" : "to run")}, {"baked", !baked ? Json() : Json(toBake ? "to run" : "at hand")}, {"waits_for", namesOf(plan, planned.waitsFor)},
        {"from_start", planned.fromStart}};
}

Json stepsOf(const Plan& plan, const std::vector<bool>& cached, double pace)
{
    Json steps = Json::array();
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        if (plan.nodes[i].needed)
            steps.push_back(stepOf(plan, static_cast<int>(i), cached, pace));
    return steps;
}

Json chunksOf(const Plan& plan, const EncodeProfile& profile, const std::vector<bool>& cached)
{
    Json chunks = Json::array();
    for (std::size_t i = 0; i < plan.chunks.size(); ++i) {
        const PlanChunk& chunk = plan.chunks[i];
        chunks.push_back({{"index", i}, {"first", chunk.first}, {"frames", chunk.count}, {"key", plan.ready() ? Json(plan.chunkKey(chunk, profile).text()) : Json()}, {"cached", static_cast<bool>(cached[i])}});
    }
    return chunks;
}

} // namespace

Json planReport(const PlannedRender& planned, Store& store)
{
    const Plan& plan = *planned.plan;
    const EncodeProfile& profile = planned.profile;
    const std::vector<bool> cached = plan.ready() ? cachedChunks(plan, profile, store) : std::vector<bool>(plan.chunks.size());
    std::int64_t pending = 0;
    for (std::size_t i = 0; i < cached.size(); ++i)
        pending += cached[i] ? 0 : plan.chunks[i].count;
    const double pace = learnedPace(store);
    Json report{{"output", plan.output.name}, {"encode", profile.name}, {"frames", plan.frames}, {"steps", stepsOf(plan, cached, pace)}, {"chunks", chunksOf(plan, profile, cached)}};
    double seconds = estimatedEncoding(plan, profile, pending) * pace;
    for (const Json& step : report["steps"])
        seconds += step["estimated_seconds"].get<double>();
    report["estimated_seconds"] = seconds;
    report["cores"] = std::max(1U, std::thread::hardware_concurrency());
    return report;
}

} // namespace artdag
