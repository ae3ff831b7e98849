// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/ready_plan.h"

#include "core/base/files.h"
#include "core/plan/bake_steps.h"

#include <fmt/format.h>

#include <map>

namespace artdag {

namespace {

/// What an analysis or a bridge sees: whole frames and sound of its inputs, trims applied.
struct WholeCall {
    WholeCall(const std::shared_ptr<const Plan>& plan, int node, Sources& sources, const CancelToken& cancel)
        : graphNode(plan->graph->nodes[static_cast<std::size_t>(node)]),
          server(plan, sources),
          arguments(evaluateArguments(*plan, node, 0)),
          call{callOf(*plan, {node, 0}, arguments, &sources), {}, {}}
    {
        const Canvas& canvas = server.plan().canvas;
        call.soundOf = [this, cancel, &canvas](int input, SampleRange range) {
            range.first += frameAt(source(input).in, {canvas.sampleRate, 1});
            return server.sound({source(input).node, source(input).output}, range, cancel);
        };
        call.pictureOf = [this, cancel, &canvas](int input, std::int64_t frame) { return server.picture({source(input).node, source(input).output}, frame + frameAt(source(input).in, canvas.rate), cancel); };
    }
    WholeCall(const WholeCall&) = delete;
    WholeCall& operator=(const WholeCall&) = delete;

    [[nodiscard]] const GraphInput& source(int input) const { return graphNode.inputs[static_cast<std::size_t>(input)]; }
    [[nodiscard]] tl::unexpected<Error> named(Error error) const
    {
        if (error.fault != Fault::Cancelled && !error.message.starts_with("node "))
            error.message = fmt::format("node '{}': {}", graphNode.name, error.message);
        return tl::unexpected<Error>(std::move(error));
    }

    const GraphNode& graphNode;
    FrameServer server;
    const EvaluatedArguments arguments;
    AnalysisCall call;
};

/// Runs the filter and writes what it gives.
Result<void> runFilter(const std::shared_ptr<const Plan>& plan, int node, Sources& sources, const CancelToken& cancel, const std::filesystem::path& film)
{
    WholeCall whole(plan, node, sources, cancel);
    BakeCall call{whole.call, {}, cancel};
    if (!whole.graphNode.args.moving.empty())
        call.argumentsAt = [&plan, node](std::int64_t step) {
            const EvaluatedArguments arguments = bakeArguments(*plan, node, step);
            return std::vector<Value>(arguments.values.begin(), arguments.values.end());
        };
    if (auto baked = whole.graphNode.entry->bridge->bake(call, film); !baked)
        return whole.named(std::move(baked).error());
    return {};
}

/// Films that an export reads are kept for good, others as long as there is room.
ObjectClass classFor(const Plan& plan)
{
    return plan.canvas.scale >= 1.0 ? ObjectClass::Asset : ObjectClass::Render;
}

/// Runs the filter and keeps its film.
Result<BakedFilm> bakeHere(const std::shared_ptr<const Plan>& plan, int node, Sources& sources, Store& store, const CancelToken& cancel)
{
    const auto directory = TRY(TemporaryDirectory::make("artdag-baked"));
    TRY(runFilter(plan, node, sources, cancel, directory.path() / "film"));
    const std::string& by = plan->graph->nodes[static_cast<std::size_t>(node)].entry->bridge->by();
    const ContentId film = TRY(store.putFile(directory.path() / "film", classFor(*plan), Intake::Copy));
    TRY(store.putAction("bake.film", plan->nodes[static_cast<std::size_t>(node)].analysisKey->digest, {{film}, Json{{"by", by}}}));
    return BakedFilm{film, by};
}

/// A sound that a preview baked is the export's, too: from now on it stays.
Result<BakedFilm> keptFor(const Plan& plan, Store& store, BakedFilm film)
{
    const auto facts = store.facts(film.film);
    if (facts && facts->kind == ObjectClass::Render && classFor(plan) == ObjectClass::Asset)
        TRY(store.putFile(TRY(store.path(film.film)), ObjectClass::Asset, Intake::Copy));
    return film;
}

Result<BakedFilm> bakedFilm(const std::shared_ptr<const Plan>& plan, int node, Sources& sources, const Bakes& bakes, const CancelToken& cancel)
{
    const std::string& name = plan->graph->nodes[static_cast<std::size_t>(node)].name;
    const AnalysisKey key = *plan->nodes[static_cast<std::size_t>(node)].analysisKey;
    if (bakes.store == nullptr)
        return fail(Fault::Unavailable, fmt::format("node '{}': it is baked, and there is no store that could keep what it gives", name));
    const auto given = bakes.given.find(key);
    if (given == bakes.given.end()) {
        if (auto stored = storedFilm(*bakes.store, key))
            return keptFor(*plan, *bakes.store, std::move(*stored));
        return bakeHere(plan, node, sources, *bakes.store, cancel);
    }
    if (bakes.store->facts(given->second.film))
        return given->second;
    BakedFilm here = TRY(bakeHere(plan, node, sources, *bakes.store, cancel));
    if (here.film != given->second.film)
        return fail(Fault::NotFound, fmt::format("node '{}': its baked film {} is not in the store, and this machine bakes another: fetch the work again", name, given->second.film.text()));
    return here;
}

} // namespace

std::optional<BakedFilm> storedFilm(Store& store, const AnalysisKey& key)
{
    const auto hit = store.action("bake.film", key.digest);
    if (!hit || hit->objects.size() != 1 || !hit->facts.is_object() || !hit->facts.value("by", Json()).is_string())
        return std::nullopt;
    return BakedFilm{hit->objects.front(), hit->facts["by"].get<std::string>()};
}

Result<ContentId> bakedAgain(const std::shared_ptr<const Plan>& plan, int node, Sources& sources, const CancelToken& cancel)
{
    const auto directory = TRY(TemporaryDirectory::make("artdag-baked"));
    TRY(runFilter(plan, node, sources, cancel, directory.path() / "film"));
    return contentIdOfFile(directory.path() / "film");
}

Result<std::shared_ptr<const Plan>> makeStoredPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store& store, const PlanOptions& options)
{
    PlanOptions looking = options;
    looking.analyses = analysesOf(store);
    for (;;) {
        auto plan = TRY(makePlan(graph, output, sources, looking));
        const std::size_t before = looking.baked.size();
        for (const int node : plan->analysesToRun())
            if (graph->nodes[static_cast<std::size_t>(node)].entry->bridge != nullptr)
                if (auto film = storedFilm(store, *plan->nodes[static_cast<std::size_t>(node)].analysisKey))
                    looking.baked.emplace(node, std::move(*film));
        if (looking.baked.size() == before)
            return plan;
    }
}

Result<Analysis> runAnalysis(std::shared_ptr<const Plan> plan, int node, Sources& sources, const CancelToken& cancel)
{
    WholeCall whole(plan, node, sources, cancel);
    auto found = whole.call.effect.analyse(whole.call);
    if (!found)
        return whole.named(std::move(found).error());
    CHECK(found->size() == whole.call.effect.outputs.size());
    return std::move(*found);
}

Result<std::shared_ptr<const Plan>> makeReadyPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store* store, const Bakes& bakes, const PlanOptions& options,
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
            if (graph->nodes[static_cast<std::size_t>(node)].entry->bridge != nullptr) {
                looking.baked.insert_or_assign(node, TRY(bakedFilm(plan, node, sources, bakes, cancel)));
                continue;
            }
            const AnalysisKey key = *plan->nodes[static_cast<std::size_t>(node)].analysisKey;
            if (made.contains(key)) // two nodes that find the same thing
                continue;
            auto found = std::make_shared<const Analysis>(TRY(runAnalysis(plan, node, sources, cancel)));
            if (store != nullptr)
                if (auto kept = storeAnalysis(*store, key, *found); !kept && kept.error().fault != Fault::Unavailable) // without room it is found again next time
                    return tl::unexpected<Error>(kept.error());
            made.emplace(key, std::move(found));
        }
    }
}

Result<std::shared_ptr<const Plan>> makeReadyPlan(std::shared_ptr<const Graph> graph, std::string_view output, Sources& sources, Store* store, const PlanOptions& options,
    const CancelToken& cancel)
{
    return makeReadyPlan(std::move(graph), output, sources, store, Bakes{store, {}}, options, cancel);
}

} // namespace artdag
