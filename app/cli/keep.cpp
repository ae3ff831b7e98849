// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/workflow/keep_film.h"

namespace artdag::cli {

namespace {

Result<int> keep(const std::string& film, const Invocation& invocation)
{
    const RenderRecord record = TRY(keepFilm(artdagHome(), film));
    say("kept       " + record.title + "  (the Studio shows it among the renders)");
    if (invocation.json)
        answer({{"id", record.id}, {"title", record.title}, {"film", record.film}, {"content_hash", record.contentHash}, {"mark", record.mark}});
    return exitOk;
}

} // namespace

void addKeep(CLI::App& app, Invocation& invocation)
{
    auto film = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("keep", "Take a film into the Studio's list of renders, as one that is kept");
    command->add_option("FILM", *film, "A film with its provenance beside it, wherever it was rendered")->required();
    command->footer("Example: artdag keep cat.mp4");
    addCommonFlags(*command, invocation);
    command->callback([film, &invocation] { invocation.run = [film, &invocation] { return keep(*film, invocation); }; });
}

} // namespace artdag::cli
