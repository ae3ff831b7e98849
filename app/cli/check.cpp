// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::cli {

namespace {

struct CheckFlags {
    std::string recipe;
    BindingFlags bindings;
};

Result<int> check(const CheckFlags& flags, const Invocation& invocation)
{
    const std::string text = TRY(readRecipeFile(flags.recipe));
    auto workspace = TRY(openWorkspace());
    OpenedRecipe opened = openRecipe(text, *workspace, TRY(flags.bindings.read(*workspace)));
    if (opened.graph) {
        for (const GraphOutput& output : opened.graph->outputs) {
            auto plan = makePlan(opened.graph, output.name, *workspace->sources);
            if (!plan)
                opened.problems.push_back({Problem::Severity::Error, "/outputs/" + output.name, 0, 0, plan.error().message, {}});
        }
        locateProblems(text, opened.problems);
    }
    const auto errors = std::ranges::count(opened.problems, Problem::Severity::Error, &Problem::severity);
    if (invocation.json)
        answer({{"ok", errors == 0}, {"problems", jsonOfProblems(opened.problems)}});
    sayProblems(flags.recipe, opened.problems);
    if (errors == 0)
        say(fmt::format("{}: ok, {} nodes", flags.recipe, opened.recipe.nodes.size()));
    return errors == 0 ? exitOk : exitProblem;
}

} // namespace

void addCheck(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<CheckFlags>();
    CLI::App* command = app.add_subcommand("check", "Find every mistake of a recipe at once");
    command->add_option("RECIPE", flags->recipe, "A recipe (*.artdag)")->required();
    flags->bindings.add(*command);
    command->footer("Example: artdag check my.artdag --set speed=45");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return check(*flags, invocation); }; });
}

} // namespace artdag::cli
