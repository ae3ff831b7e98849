// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/plan/cost.h"
#include "core/render/ready_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace artdag::cli {

namespace {

struct PlanFlags {
    std::string recipe, output, encode;
    BindingFlags bindings;
};

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

/// At most `width` characters; what is too long loses its middle, because names differ at their ends. ASCII.
std::string fitted(const std::string& text, std::size_t width)
{
    return text.size() <= width ? text : text.substr(0, width / 2) + "…" + text.substr(text.size() - (width - width / 2 - 1));
}

std::string remark(const Json& step)
{
    if (!step["waits_for"].empty()) {
        const std::string first = step["waits_for"][0];
        const std::size_t others = step["waits_for"].size() - 1;
        return "waits for " + fitted(first, others > 0 ? 10 : 14) + (others > 0 ? fmt::format(" +{}", others) : "");
    }
    if (step["analysis"].is_string())
        return "analysis " + step["analysis"].get<std::string>();
    if (step["baked"] == "to run")
        return "baked, to run";
    if (step["baked"].is_string())
        return step["key"].get<std::string>().substr(9, 12) + "… baked";
    return step["key"].get<std::string>().substr(9, 12) + (step["from_start"].get<bool>() ? "… from 0" : "…");
}

/// Within 80 columns.
void sayTable(const Json& object)
{
    say(fmt::format("{:<18} {:<14} {:>6} {:>6} {:>7}  {}", "step", "effect", "frames", "cached", "time", "key"));
    for (const Json& step : object["steps"])
        say(fmt::format("{:<18} {:<14} {:>6} {:>6} {:>7}  {}", fitted(step["node"], 18), fitted(step["effect"], 14), step["frames"].get<std::int64_t>(), step["cached_frames"].get<std::int64_t>(),
            humanSeconds(step["estimated_seconds"]), remark(step)));
    std::int64_t cached = 0;
    for (const Json& chunk : object["chunks"])
        cached += chunk["cached"].get<bool>() ? 1 : 0;
    const auto all = static_cast<std::int64_t>(object["chunks"].size());
    say(fmt::format("{} chunks: {} cached, {} to render; about {} of work, {} on {} cores", all, cached, all - cached, humanSeconds(object["estimated_seconds"]),
        humanSeconds(object["estimated_seconds"].get<double>() / object["cores"].get<int>()), object["cores"].get<int>()));
}

Result<int> plan(const PlanFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const std::string text = TRY(readRecipeFile(flags.recipe, *workspace));
    const OpenedRecipe opened = openRecipe(text, *workspace, TRY(flags.bindings.read(*workspace)));
    if (!opened.graph) {
        sayProblems(flags.recipe, opened.problems);
        if (invocation.json)
            answer({{"ok", false}, {"problems", jsonOfProblems(opened.problems)}});
        return exitProblem;
    }
    const GraphOutput* output = opened.graph->output(flags.output);
    const EncodeProfile profile = TRY(encodeProfile(!flags.encode.empty() ? flags.encode : output != nullptr ? output->encode
                                                                                                             : ""));
    const PlanOptions options{.picture = !profile.videoCodec.empty(), .sound = !profile.audioCodec.empty(), .still = profile.still};
    const auto planned = TRY(makeStoredPlan(opened.graph, flags.output, *workspace->sources, *workspace->store, options));
    const std::vector<bool> cached = planned->ready() ? cachedChunks(*planned, profile, *workspace->store) : std::vector<bool>(planned->chunks.size());
    std::int64_t pending = 0;
    for (std::size_t i = 0; i < cached.size(); ++i)
        pending += cached[i] ? 0 : planned->chunks[i].count;
    const double pace = learnedPace(*workspace->store);
    Json object{{"output", planned->output.name}, {"encode", profile.name}, {"frames", planned->frames}, {"steps", stepsOf(*planned, cached, pace)}, {"chunks", chunksOf(*planned, profile, cached)}};
    double seconds = estimatedEncoding(*planned, profile, pending) * pace;
    for (const Json& step : object["steps"])
        seconds += step["estimated_seconds"].get<double>();
    object["estimated_seconds"] = seconds;
    object["cores"] = std::max(1U, std::thread::hardware_concurrency());
    if (invocation.json)
        answer(object);
    else
        sayTable(object);
    return exitOk;
}

} // namespace

void addPlan(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<PlanFlags>();
    CLI::App* command = app.add_subcommand("plan", "Say what a render would do: steps, keys, what is cached");
    command->add_option("RECIPE", flags->recipe, "A recipe (*.artdag)")->required();
    command->add_option("--output", flags->output, "Which output (default: the first)");
    command->add_option("--encode", flags->encode, "Encoder profile instead of the output's own");
    flags->bindings.add(*command);
    command->footer("Example: artdag plan resources/recipes/spinning_cat.artdag");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return plan(*flags, invocation); }; });
}

} // namespace artdag::cli
