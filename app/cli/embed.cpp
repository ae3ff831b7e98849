// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/embed/embed.h"
#include "core/provenance/manifest.h"
#include "core/workflow/render_recipe.h"

#include <cstdio>

namespace artdag::cli {

namespace {

struct EmbedFlags {
    std::string film, out, what = "full";
};

Result<int> embedRecipe(const EmbedFlags& flags, const Invocation& invocation)
{
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(provenancePathOf(flags.film)))));
    const Embedded embedded{documentId(provenance.manifest).text(), flags.what == "full" ? provenance.recipeText : ""};
    TRY(writeEmbedded(flags.film, flags.out, embedded));
    say(flags.out + (flags.what == "full" ? ": carries its recipe and the id of its manifest" : ": carries the id of its manifest"));
    if (invocation.json)
        answer({{"path", flags.out}, {"manifest", embedded.manifest}, {"recipe", !embedded.recipe.empty()}});
    return exitOk;
}

Result<int> extractRecipe(const EmbedFlags& flags, const Invocation& invocation)
{
    const Embedded embedded = TRY(readEmbedded(flags.film));
    if (embedded.recipe.empty())
        return fail(Fault::NotFound, "file '" + flags.film + "': carries no recipe" + (embedded.manifest.empty() ? "" : ", only the id of its manifest, " + embedded.manifest));
    if (!flags.out.empty())
        TRY(writeFileAtomically(flags.out, bytesOf(embedded.recipe)));
    else if (!invocation.json)
        std::fwrite(embedded.recipe.data(), 1, embedded.recipe.size(), stdout);
    if (invocation.json)
        answer({{"manifest", embedded.manifest}, {"recipe", embedded.recipe}});
    return exitOk;
}

} // namespace

void addEmbed(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<EmbedFlags>();
    CLI::App* embed = app.add_subcommand("embed", "Put the recipe into a copy of a rendered file");
    embed->add_option("FILM", flags->film, "A file that `artdag render` made, with its provenance beside it (PNG, JPEG, WebP, MP4, Matroska, WAV)")->required();
    embed->add_option("-o,--output", flags->out, "The copy")->type_name("FILE")->required();
    embed->add_option("--what", flags->what, "The recipe and the id of its manifest, or the id only")->check(CLI::IsMember({"full", "link"}));
    embed->footer("Pictures and sound stay as they are. Whoever gets the copy can open it as a recipe.\n\nExample: artdag embed cat.mp4 -o cat-with-recipe.mp4");
    addCommonFlags(*embed, invocation);
    embed->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return embedRecipe(*flags, invocation); }; });

    CLI::App* extract = app.add_subcommand("extract", "Print the recipe that a file carries");
    extract->add_option("FILM", flags->film, "Any file")->required();
    extract->add_option("-o,--output", flags->out, "Write it here instead")->type_name("FILE");
    extract->footer("Example: artdag extract cat-with-recipe.mp4 -o cat.artdag");
    addCommonFlags(*extract, invocation);
    extract->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return extractRecipe(*flags, invocation); }; });
}

} // namespace artdag::cli
