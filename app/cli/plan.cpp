// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct PlanFlags {
    std::string recipe, output, encode;
    BindingFlags bindings;
};

Json stepsOf(const Plan& plan, const std::vector<bool>& cached)
{
    std::int64_t cachedFrames = 0;
    for (std::size_t i = 0; i < cached.size(); ++i)
        cachedFrames += cached[i] ? plan.chunks[i].count : 0;
    Json steps = Json::array();
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        if (!plan.nodes[i].needed)
            continue;
        const GraphNode& node = plan.graph->nodes[i];
        const int index = static_cast<int>(i);
        std::int64_t frames = 0;
        for (std::size_t port = 0; port < plan.nodes[i].outputs.size(); ++port)
            frames = std::max(frames, plan.stepFrames(index, static_cast<int>(port)));
        // Only the output's own frames are kept between runs, inside their chunks.
        const bool last = plan.output.picture && plan.output.picture->node == index;
        steps.push_back({{"node", node.name}, {"effect", node.entry->name}, {"key", plan.stepKey(index).text()}, {"frames", frames}, {"cached_frames", last ? std::min(cachedFrames, frames) : 0}, {"waits_for", Json::array()}});
    }
    return steps;
}

void sayTable(const Json& object)
{
    say(fmt::format("{:<20} {:<14} {:>8} {:>8}  key", "step", "effect", "frames", "cached"));
    for (const Json& step : object["steps"])
        say(fmt::format("{:<20} {:<14} {:>8} {:>8}  {}…", step["node"].get<std::string>(), step["effect"].get<std::string>(), step["frames"].get<std::int64_t>(), step["cached_frames"].get<std::int64_t>(), step["key"].get<std::string>().substr(9, 12)));
    std::int64_t cached = 0;
    for (const Json& chunk : object["chunks"])
        cached += chunk["cached"].get<bool>() ? 1 : 0;
    say(fmt::format("{} chunks, {} cached, {} to render", object["chunks"].size(), cached, static_cast<std::int64_t>(object["chunks"].size()) - cached));
}

Result<int> plan(const PlanFlags& flags, const Invocation& invocation)
{
    const std::string text = TRY(readRecipeFile(flags.recipe));
    auto workspace = TRY(openWorkspace());
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
    const PlanOptions options{1.0, !profile.videoCodec.empty(), !profile.audioCodec.empty(), profile.still};
    const auto planned = TRY(makePlan(opened.graph, flags.output, *workspace->sources, options));
    const std::vector<bool> cached = cachedChunks(*planned, profile, *workspace->store);
    Json chunks = Json::array();
    for (std::size_t i = 0; i < planned->chunks.size(); ++i)
        chunks.push_back({{"index", i}, {"first", planned->chunks[i].first}, {"frames", planned->chunks[i].count}, {"key", planned->chunkKey(planned->chunks[i], profile).text()}, {"cached", static_cast<bool>(cached[i])}});
    const Json object{{"output", planned->output.name}, {"encode", profile.name}, {"frames", planned->frames}, {"steps", stepsOf(*planned, cached)}, {"chunks", chunks}};
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
