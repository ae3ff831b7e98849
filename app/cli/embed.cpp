// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/embed/credentials.h"
#include "core/identity/keys.h"
#include "core/provenance/manifest.h"
#include "core/workflow/render_recipe.h"

#include <chrono>
#include <cstdio>

namespace artdag::cli {

namespace {

struct EmbedFlags {
    std::string film, out, what = "full", key;
    std::vector<std::string> trusted;
    bool credentials = false;
};

Result<int> embedRecipe(const EmbedFlags& flags, const Invocation& invocation)
{
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(provenancePathOf(flags.film)))));
    const Embedded embedded{documentId(provenance.manifest).text(), flags.what == "full" ? provenance.recipeText : ""};
    bool isSigned = false;
    if (flags.key.empty())
        TRY(writeEmbedded(flags.film, flags.out, embedded));
    else
        isSigned = TRY(writeWithCredentials(flags.film, flags.out, embedded, credentialFactsOf(TRY(readManifest(provenance.manifest)), embedded.manifest), TRY(creatorKey(flags.key))));
    say(flags.out + (flags.what == "full" ? ": carries its recipe and the id of its manifest" : ": carries the id of its manifest") + (isSigned ? ", and Content Credentials" : ""));
    if (!flags.key.empty() && !isSigned)
        say("There is no place for Content Credentials in files of this kind, only in PNG, JPEG, WAV and MP4.");
    if (invocation.json)
        answer({{"path", flags.out}, {"manifest", embedded.manifest}, {"recipe", !embedded.recipe.empty()}, {"credentials", isSigned}});
    return exitOk;
}

Result<std::optional<Credentials>> credentialsOf(const EmbedFlags& flags)
{
    std::vector<Bytes> roots;
    for (const std::string& file : flags.trusted)
        for (Bytes& root : TRY(certificatesOfPem(TRY(readTextFile(file)))))
            roots.push_back(std::move(root));
    return readCredentials(flags.film, roots, std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

Result<int> showCredentials(const EmbedFlags& flags, const Invocation& invocation)
{
    const auto credentials = TRY(credentialsOf(flags));
    if (!credentials)
        return fail(Fault::NotFound, "file '" + flags.film + "': has no Content Credentials");
    for (const std::string& line : wordsOf(*credentials))
        say(line);
    if (invocation.json)
        answer(jsonOf(*credentials));
    return credentials->state() == CredentialState::Tampered ? exitVerifiedFalse : exitOk;
}

Result<int> extractRecipe(const EmbedFlags& flags, const Invocation& invocation)
{
    if (flags.credentials)
        return showCredentials(flags, invocation);
    const Embedded embedded = TRY(readEmbedded(flags.film));
    if (embedded.recipe.empty())
        return fail(Fault::NotFound, "file '" + flags.film + "': carries no recipe" + (embedded.manifest.empty() ? "" : ", only the id of its manifest, " + embedded.manifest));
    if (!flags.out.empty())
        TRY(writeFileAtomically(flags.out, bytesOf(embedded.recipe)));
    else if (!invocation.json)
        std::fwrite(embedded.recipe.data(), 1, embedded.recipe.size(), stdout);
    const auto credentials = credentialsOf(flags); // damaged ones keep nobody from the recipe
    if (credentials && *credentials)
        say(wordsOf(**credentials).front());
    if (invocation.json)
        answer({{"manifest", embedded.manifest}, {"recipe", embedded.recipe}, {"credentials", credentials && *credentials ? jsonOf(**credentials) : Json()}});
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
    embed->add_option("--key", flags->key, "Put in Content Credentials (C2PA) too, signed with this key: PNG, JPEG, WAV and MP4")->type_name("NAME");
    embed->footer("Pictures and sound stay as they are. Whoever gets the copy can open it as a recipe.\n\nExample: artdag embed cat.mp4 -o cat-with-recipe.mp4\nExample: artdag embed cat.mp4 -o cat-signed.mp4 --key mine");
    addCommonFlags(*embed, invocation);
    embed->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return embedRecipe(*flags, invocation); }; });

    CLI::App* extract = app.add_subcommand("extract", "Print the recipe that a file carries, or show its Content Credentials");
    extract->add_option("FILM", flags->film, "Any file")->required();
    extract->add_option("-o,--output", flags->out, "Write it here instead")->type_name("FILE");
    extract->add_flag("--credentials", flags->credentials, "Show its Content Credentials (C2PA) instead, whoever made them: who signed, what was done, and whether it still holds");
    extract->add_option("--trust", flags->trusted, "Certificates (PEM) of those whose signatures you trust")->type_name("FILE")->allow_extra_args(false)->take_all();
    extract->footer("Example: artdag extract cat-with-recipe.mp4 -o cat.artdag\nExample: artdag extract cat-signed.mp4 --credentials --trust giles.pem");
    addCommonFlags(*extract, invocation);
    extract->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return extractRecipe(*flags, invocation); }; });
}

} // namespace artdag::cli
