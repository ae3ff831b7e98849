// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/files.h"
#include "core/import/import_recipe.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct ImportFlags {
    std::string file, recipe;
};

Result<int> import(const ImportFlags& flags, const Invocation& invocation)
{
    const std::string text = TRY(readRecipeFile(flags.file));
    const Imported imported = TRY(importRecipe(text, builtinEffects()));
    const std::filesystem::path target = flags.recipe.empty() ? std::filesystem::path(flags.file).replace_extension(".artdag") : std::filesystem::path(flags.recipe);
    if (flags.recipe.empty() && std::filesystem::exists(target))
        return fail(Fault::Conflict, fmt::format("recipe '{}': the file exists; name another one with -o", target.string()));
    TRY(writeFileAtomically(target, bytesOf(writeRecipe(imported.recipe))));
    sayProblems(flags.file, imported.notes);
    say(fmt::format("{}: {} nodes, {} notes; check it with: artdag check {}", target.string(), imported.recipe.nodes.size(), imported.notes.size(), target.string()));
    if (invocation.json)
        answer({{"recipe", target.string()}, {"notes", jsonOfProblems(imported.notes)}});
    return exitOk;
}

} // namespace

void addImport(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<ImportFlags>();
    CLI::App* command = app.add_subcommand("import", "Make a recipe from one of the older project: DAG JSON, YAML or S-expressions");
    command->add_option("FILE", flags->file, "The older recipe")->required();
    command->add_option("-o,--output", flags->recipe, "The recipe to write; usually FILE with the ending .artdag");
    addCommonFlags(*command, invocation);
    command->footer("What has no counterpart is named, with its line.\n\nExample: artdag import old.yaml -o new.artdag");
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return import(*flags, invocation); }; });
}

} // namespace artdag::cli
