// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/workflow/pack_recipe.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct PackFlags {
    std::string recipe, folder;
};

Result<int> pack(const PackFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const ReadRecipe read = readRecipe(TRY(readRecipeFile(flags.recipe, *workspace)));
    sayProblems(flags.recipe, read.problems);
    if (!read.ok())
        return exitProblem;
    const PackedRecipe packed = TRY(packRecipe(*workspace, read.recipe, flags.folder));
    say(fmt::format("{}: the recipe and {} {}, {}", packed.recipe.string(), packed.files.size(), packed.files.size() == 1 ? "file" : "files", humanBytes(packed.bytes)));
    if (invocation.json) {
        Json files = Json::array();
        for (const auto& file : packed.files)
            files.push_back(file.string());
        answer({{"recipe", packed.recipe.string()}, {"files", std::move(files)}, {"bytes", packed.bytes}});
    }
    return exitOk;
}

} // namespace

void addPack(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<PackFlags>();
    CLI::App* command = app.add_subcommand("pack", "Put a recipe and all that it names into one folder");
    command->add_option("RECIPE", flags->recipe, "A recipe (*.artdag)")->required();
    command->add_option("--to", flags->folder, "A folder that is made for it")->type_name("FOLDER")->required();
    addCommonFlags(*command, invocation);
    command->footer("Whoever gets the folder can render the recipe in it: media are found beside it, by their content.\n\nExample: artdag pack holiday.artdag --to /media/stick/holiday");
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return pack(*flags, invocation); }; });
}

} // namespace artdag::cli
