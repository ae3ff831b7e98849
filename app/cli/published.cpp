// SPDX-License-Identifier: GPL-3.0-or-later
// What comes after publishing: to withdraw a work, and to agree to a share in somebody else's.
#include "app/cli/command.h"

#include "core/workflow/change_work.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

namespace artdag::cli {

namespace {

struct PublishedFlags {
    std::string work, server, key = "default";
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
}

} // namespace artdag::cli
