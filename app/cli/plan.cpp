// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/workflow/plan_report.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct PlanFlags {
    std::string recipe, output, encode;
    BindingFlags bindings;
};

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
    const RecipeBindings bindings = TRY(flags.bindings.read(*workspace));
    const OpenedRecipe opened = openRecipe(text, *workspace, bindings);
    if (!opened.graph) {
        sayProblems(flags.recipe, opened.problems);
        if (invocation.json)
            answer({{"ok", false}, {"problems", jsonOfProblems(opened.problems)}});
        return exitProblem;
    }
    RenderRequest request;
    request.recipeText = text;
    request.bindings = bindings;
    request.output = flags.output;
    request.encode = flags.encode;
    const Json object = planReport(TRY(lookAtRender(request, *workspace)), *workspace->store);
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
