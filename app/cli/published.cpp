// SPDX-License-Identifier: GPL-3.0-or-later
// What comes after publishing: to withdraw a work, to agree to a share in somebody else's, to show parts of a sealed recipe.
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/workflow/change_work.h"
#include "core/workflow/sealed_recipe.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace artdag::cli {

namespace {

struct PublishedFlags {
    std::string work, server, key = "default", out;
    std::vector<std::string> nodes;
    bool yes = false;
};

Result<void> makeSure(const std::string& work)
{
    if (isatty(STDIN_FILENO) != 1)
        return fail(Fault::BadInput, "withdraw: it cannot be taken back; say --yes where nobody can be asked");
    fmt::print(stderr, "Withdraw {}? Followers' servers are told to delete it, and its files go after thirty days. Type yes: ", work);
    std::string line;
    std::getline(std::cin, line);
    if (line != "yes")
        return fail(Fault::Cancelled, "withdraw: nothing was changed");
    return {};
}

Result<int> withdraw(const PublishedFlags& flags, const Invocation& invocation)
{
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    const std::string name = TRY(ownWorkName(session, flags.work));
    if (!flags.yes)
        TRY(makeSure(name));
    TRY(withdrawWork(*http, session, name));
    say("withdrawn  " + name);
    if (invocation.json)
        answer({{"name", name}, {"withdrawn", true}});
    return exitOk;
}

Result<int> consent(const PublishedFlags& flags, const Invocation& invocation)
{
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    const int weight = TRY(consentToShare(*http, session, TRY(creatorKey(flags.key)), flags.work));
    say(fmt::format("agreed     {} has {}.{:02} % of {}", session.account, weight / 100, weight % 100, flags.work));
    if (invocation.json)
        answer({{"work", flags.work}, {"payee", session.account}, {"basis_points", weight}});
    return exitOk;
}

Result<int> showParts(const PublishedFlags& flags, const Invocation& invocation)
{
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    const Json shown = jsonOf(TRY(discloseWork(*http, session, TRY(ownWorkName(session, flags.work)), flags.nodes)));
    TRY(writeFileAtomically(flags.out, bytesOf(shown.dump(2) + "\n")));
    say(fmt::format("shown      {} in {}; anyone checks it:  artdag verify --disclosure {} URL", flags.nodes.size() == 1 ? "one part" : fmt::format("{} parts", flags.nodes.size()), flags.out, flags.out));
    if (invocation.json)
        answer({{"path", flags.out}, {"claim", shown["claim"]}, {"root", shown["root"]}, {"parts", shown["parts"].size()}});
    return exitOk;
}

} // namespace

void addPublished(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<PublishedFlags>();
    const auto add = [&](const char* name, const char* what, const char* work, const char* footer) {
        CLI::App* command = app.add_subcommand(name, what);
        command->add_option("WORK", flags->work, work)->required();
        command->add_option("--server", flags->server, "Which server (default: the last one logged in to)")->type_name("URL");
        command->footer(footer);
        addCommonFlags(*command, invocation);
        return command;
    };
    CLI::App* leave = add("withdraw", "Withdraw a published work: it is gone for everyone", "Its name, or the address of its page", "Example: artdag withdraw a-cat-that-turns");
    leave->add_flag("--yes", flags->yes, "Without asking");
    leave->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return withdraw(*flags, invocation); }; });
    CLI::App* agree = add("consent", "Agree, signed, to the share that somebody else's work gives you", "The address of its page", "Example: artdag consent https://artdag.example/asset/@carol/cathedral-but-rain");
    agree->add_option("--key", flags->key, "The key that signs (default: default)")->type_name("NAME");
    agree->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return consent(*flags, invocation); }; });
    CLI::App* show = add("disclose", "Show chosen nodes of a sealed recipe, so that anyone can check them against the claim", "Its name, or the address of its page",
        "What the rest of the recipe is stays unknown. A member of the document beside its nodes is written with a slash: /canvas.\n\nExample: artdag disclose a-cat-that-turns spin glow -o parts.json");
    show->add_option("NODE", flags->nodes, "Which nodes, by their names")->required();
    show->add_option("-o,--output", flags->out, "Where to write them")->type_name("FILE")->required();
    show->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return showParts(*flags, invocation); }; });
}

} // namespace artdag::cli
