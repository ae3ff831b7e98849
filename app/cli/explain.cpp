// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct ExplainFlags {
    std::string recipe, node;
    BindingFlags bindings;
};

/// A text as it is, anything else (a list of expressions, one a component) as JSON.
std::string textOf(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// An argument in an artist's words: `angle: speed * t`, `radius: 12 → 40`.
std::string wordsOf(const Json& argument)
{
    if (argument.is_object()) {
        if (argument.contains("expr"))
            return textOf(argument["expr"]);
        if (argument.contains("param"))
            return "parameter " + textOf(argument["param"]);
        if (argument.contains("bind"))
            return "follows " + textOf(argument["bind"]);
        // Explaining also serves recipes that do not hold: what is no list of [time, value] is shown as it is.
        auto isKey = [](const Json& key) { return key.is_array() && key.size() >= 2; };
        if (argument.contains("keys") && argument["keys"].is_array() && !argument["keys"].empty() && isKey(argument["keys"].front()) && isKey(argument["keys"].back()))
            return fmt::format("{} → {} over {} keyframes", argument["keys"].front()[1].dump(), argument["keys"].back()[1].dump(), argument["keys"].size());
    }
    const std::string text = textOf(argument);
    return text.size() > 60 ? text.substr(0, 57) + "…" : text;
}

std::string sourcesOf(const PortValue& value)
{
    if (const auto* wire = std::get_if<Wire>(&value.value))
        return wire->text();
    std::string text;
    for (const Item& item : std::get<std::vector<Item>>(value.value))
        text += (text.empty() ? "" : ", ") + (item.from ? item.from->text() : "?");
    return "[" + text + "]";
}

Json describe(const Node& node, const Workspace& workspace)
{
    const CatalogueEntry* entry = workspace.effects->find(node.effect);
    Json in = Json::object();
    for (const auto& [port, value] : node.in)
        in[port] = sourcesOf(value);
    Json args = Json::object();
    for (const auto& [name, value] : node.args)
        args[name] = wordsOf(value);
    const std::string title = entry != nullptr ? std::string(entry->effect->title) : node.group.empty() ? "(not installed)"
                                                                                                        : "group '" + node.group + "'";
    return {{"node", node.name}, {"effect", node.effect}, {"title", title}, {"help", entry != nullptr ? std::string(entry->effect->help) : ""}, {"in", in}, {"args", args}};
}

Result<int> explain(const ExplainFlags& flags, const Invocation& invocation)
{
    const std::string text = TRY(readRecipeFile(flags.recipe));
    auto workspace = TRY(openWorkspace());
    const OpenedRecipe opened = openRecipe(text, *workspace, TRY(flags.bindings.read(*workspace)));
    sayProblems(flags.recipe, opened.problems);
    Json steps = Json::array();
    for (const Node& node : opened.recipe.nodes)
        if (flags.node.empty() || node.name == flags.node)
            steps.push_back(describe(node, *workspace));
    if (!flags.node.empty() && steps.empty())
        return fail(Fault::NotFound, fmt::format("node '{}': the recipe has none of that name", flags.node));
    const Recipe& recipe = opened.recipe;
    if (invocation.json) {
        answer({{"title", recipe.title}, {"description", recipe.description}, {"graph", graphHash(recipe, *workspace->effects).text()}, {"steps", steps}});
        return opened.graph ? exitOk : exitProblem;
    }
    say(recipe.title + (recipe.description.empty() ? "" : "\n" + recipe.description));
    say(fmt::format("{} × {} px, {:.5g} frames/s, {:g} s", recipe.canvas.width, recipe.canvas.height, recipe.canvas.rate.perSecond(), recipe.canvas.duration));
    for (const Json& step : steps) {
        say(fmt::format("\n{}: {}", step["node"].get<std::string>(), step["title"].get<std::string>()));
        if (!flags.node.empty())
            say("    " + step["help"].get<std::string>());
        for (const auto& [port, from] : step["in"].items())
            say(fmt::format("    {} ← {}", port, from.get<std::string>()));
        for (const auto& [name, value] : step["args"].items())
            say(fmt::format("    {}: {}", name, value.get<std::string>()));
    }
    for (const RecipeOutput& output : recipe.outputs)
        say(fmt::format("\noutput {} ({}): {}{}", output.name, output.encode, output.picture ? output.picture->text() : "no picture", output.sound ? " with the sound of " + output.sound->text() : ""));
    return opened.graph ? exitOk : exitProblem;
}

} // namespace

void addExplain(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<ExplainFlags>();
    CLI::App* command = app.add_subcommand("explain", "Say in words what a recipe, or one of its nodes, does");
    command->add_option("RECIPE", flags->recipe, "A recipe (*.artdag)")->required();
    command->add_option("NODE", flags->node, "Only this node, with its effect's help");
    flags->bindings.add(*command);
    command->footer("Example: artdag explain resources/recipes/spinning_cat.artdag");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return explain(*flags, invocation); }; });
}

} // namespace artdag::cli
