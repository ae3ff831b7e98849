// SPDX-License-Identifier: GPL-3.0-or-later
// Renderers (L1) that may know an account: attach one, detach it.
#include "app/cli/command.h"

#include "core/workflow/attach_renderer.h"

namespace artdag::cli {

namespace {

struct AttachFlags {
    std::string renderer, server;
};

Result<int> attach(const AttachFlags& flags, const Invocation& invocation)
{
    const std::string renderer = TRY(rendererOfText(flags.renderer));
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    TRY(attachRenderer(*http, session, renderer));
    say("attached   " + renderer + " knows you as " + session.account + "\nrender there:  artdag render RECIPE --on " + renderer);
    if (invocation.json)
        answer({{"renderer", renderer}, {"account", session.account}, {"attached", true}});
    return exitOk;
}

Result<int> detach(const AttachFlags& flags, const Invocation& invocation)
{
    const std::string renderer = TRY(rendererOfText(flags.renderer));
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    const bool told = TRY(detachRenderer(*http, session, renderer));
    say("detached   " + renderer + (told ? "" : "; it does not answer, and what it still holds ends within a quarter of an hour"));
    if (invocation.json)
        answer({{"renderer", renderer}, {"account", session.account}, {"attached", false}, {"told", told}});
    return exitOk;
}

} // namespace

void addAttach(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<AttachFlags>();
    const auto add = [&](const char* name, const char* what, const char* footer, auto action) {
        CLI::App* command = app.add_subcommand(name, what);
        command->add_option("RENDERER", flags->renderer, "Its address: https://render.example")->required();
        command->add_option("--server", flags->server, "With the account at which server (default: the last one logged in to)")->type_name("URL");
        command->footer(footer);
        addCommonFlags(*command, invocation);
        command->callback([flags, action, &invocation] { invocation.run = [flags, action, &invocation] { return action(*flags, invocation); }; });
    };
    add("attach", "Attach a renderer: it learns who you are and may render for you", "It gets no password and no key; `artdag detach` takes it back.\n\nExample: artdag attach https://render.example", attach);
    add("detach", "Detach a renderer", "Example: artdag detach https://render.example", detach);
}

} // namespace artdag::cli
