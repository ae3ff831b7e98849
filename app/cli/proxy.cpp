// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/render/proxy_sources.h"
#include "core/workflow/make_proxies.h"

#include <fmt/format.h>

#include <cmath>

namespace artdag::cli {

namespace {

struct ProxyFlags {
    std::string file;
    BindingFlags bindings;
    bool all = false;
};

Json jsonOf(const MadeProxy& one)
{
    return {{"media", one.media.text()}, {"proxy", one.why.empty()}, {"why", one.why}, {"made", one.made}, {"pictures", one.pictures}, {"bytes", one.bytes}, {"seconds", one.seconds}};
}

std::string lineOf(const MadeProxy& one)
{
    const std::string name = one.media.text().substr(0, 25) + "…";
    if (!one.why.empty())
        return fmt::format("{}  none: {}", name, one.why);
    if (!one.made)
        return fmt::format("{}  was there, {} pictures", name, one.pictures);
    return fmt::format("{}  made, {} pictures, {}, {}", name, one.pictures, humanBytes(one.bytes), humanSeconds(one.seconds));
}

Result<int> proxy(const ProxyFlags& flags, Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    std::vector<ContentId> films;
    if (flags.file.ends_with(".artdag")) {
        const OpenedRecipe opened = openRecipe(TRY(readRecipeFile(flags.file, *workspace)), *workspace, TRY(flags.bindings.read(*workspace)));
        sayProblems(flags.file, opened.problems);
        if (!opened.graph) {
            if (invocation.json)
                answer({{"ok", false}, {"problems", jsonOfProblems(opened.problems)}});
            return exitProblem;
        }
        films = filmsOf(*opened.graph);
    } else {
        films.push_back(TRY(importMedia(*workspace, flags.file)));
    }
    const auto line = progressLine("proxies");
    const auto percent = [&](double part) { line({.framesDone = std::lround(100 * part), .framesTotal = 100}); };
    const auto made = TRY(makeProxies(*workspace, films, flags.all, invocation.cancel, percent));
    endProgressLine();
    Json list = Json::array();
    for (const MadeProxy& one : made) {
        say(lineOf(one));
        list.push_back(jsonOf(one));
    }
    if (invocation.json)
        answer({{"films", std::move(list)}});
    return exitOk;
}

} // namespace

void addProxy(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<ProxyFlags>();
    CLI::App* command = app.add_subcommand("proxy", "Make the proxies from which previews of long films are quick");
    command->add_option("FILE", flags->file, "A recipe (*.artdag), for all films that it shows, or a film")->required();
    command->add_flag("--all", flags->all, "Also of films whose frames are soon decoded without");
    flags->bindings.add(*command);
    addCommonFlags(*command, invocation);
    command->footer("A proxy holds a film's pictures at half its size, each for itself. The Studio makes them by itself when it has\nnothing else to do. They are renders of the store: evicted when room is needed, and no export reads them.\n\nExample: artdag proxy holiday.mov");
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return proxy(*flags, invocation); }; });
}

} // namespace artdag::cli
