// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/files.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct FormatFlags {
    std::vector<std::string> recipes;
    bool check = false;
};

/// A text with an error is left alone: what could not be read could not be written.
Result<int> format(const FormatFlags& flags, const Invocation& invocation)
{
    int code = exitOk;
    Json files = Json::array();
    for (const std::string& path : flags.recipes) {
        const std::string text = TRY(readRecipeFile(path));
        const ReadRecipe read = readRecipe(text);
        const std::string written = writeRecipe(read.recipe);
        bool holds = read.ok() && text == written;
        sayProblems(path, read.problems);
        if (read.ok() && !holds && flags.check) {
            say(fmt::format("{}: not in the written form; `artdag format {}` writes it so", path, path));
        } else if (read.ok() && !holds) {
            TRY(writeFileAtomically(path, bytesOf(written)));
            holds = true;
        }
        code = holds ? code : exitProblem;
        files.push_back({{"file", path}, {"written_form", holds}, {"problems", jsonOfProblems(read.problems)}});
    }
    if (invocation.json)
        answer({{"ok", code == exitOk}, {"files", files}});
    return code;
}

} // namespace

void addFormat(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<FormatFlags>();
    CLI::App* command = app.add_subcommand("format", "Write a recipe in its one written form");
    command->add_option("RECIPE", flags->recipes, "Recipes (*.artdag), written in place")->required();
    command->add_flag("--check", flags->check, "Change nothing; exit code 1 when a recipe is not in the written form");
    command->footer("Example: artdag format my.artdag");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return format(*flags, invocation); }; });
}

} // namespace artdag::cli
