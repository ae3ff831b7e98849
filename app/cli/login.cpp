// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/workflow/kept_logins.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace artdag::cli {

namespace {

constexpr const char* client = "artdag-cli";

struct LoginFlags {
    std::string url, user;
    bool registerNew = false, byPassword = false, inFile = false;
};

Result<std::string> password()
{
    if (const char* given = std::getenv("ARTDAG_PASSWORD"); given != nullptr && *given != '\0')
        return std::string(given);
    if (isatty(STDIN_FILENO) == 1) {
        std::unique_ptr<char, void (*)(void*)> typed(nullptr, std::free);
        return std::string(getpass("Password: "));
    }
    std::string line;
    std::getline(std::cin, line);
    if (line.empty())
        return fail(Fault::Denied, "password: none was given; type it, pipe it in, or set ARTDAG_PASSWORD");
    return line;
}

/// Waits as long as the server says, but answers Ctrl-C within a moment.
bool waitFor(std::int64_t seconds, const Invocation& invocation)
{
    for (std::int64_t tenth = 0; tenth < seconds * 10; ++tenth) {
        if (invocation.cancel.cancelled())
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return true;
}

Result<Session> byDevice(HttpClient& http, const LoginFlags& flags, SecretRing* ring, const Invocation& invocation)
{
    DeviceLogin device = TRY(beginDeviceLogin(http, flags.url, client));
    fmt::print(stderr, "Open   {}\nand type the code   {}\n(or open {})\n", device.page, device.userCode, device.fullPage);
    while (waitFor(device.interval, invocation))
        if (auto session = TRY(pollDeviceLogin(http, device, client, ring)))
            return std::move(*session);
    return fail(Fault::Cancelled, "login: given up");
}

Result<int> logIn(const LoginFlags& flags, const Invocation& invocation)
{
    const auto http = openHttpClient();
    const bool byPassword = flags.byPassword || flags.registerNew || !flags.user.empty();
    if (byPassword && flags.user.empty())
        return fail(Fault::BadInput, "login: say who with --user NAME");
    const auto ring = flags.inFile ? nullptr : openSecretService();
    const Session session = byPassword ? TRY(login(*http, flags.url, flags.user, TRY(password()), flags.registerNew, ring.get())) : TRY(byDevice(*http, flags, ring.get(), invocation));
    const bool inKeychain = ring && session.fallback.empty();
    say(fmt::format("logged in as {}", session.account));
    if (inKeychain)
        say("the login is kept in your keychain");
    else
        say(fmt::format("the login is kept in {}, which only you can read{}", (artdagHome() / "accounts.json").string(), session.fallback.empty() ? "" : " (" + session.fallback + ")"));
    if (invocation.json)
        answer({{"server", session.server}, {"account", session.account}, {"kept", inKeychain ? "keychain" : "file"}});
    return exitOk;
}

Result<int> loggedOut(const std::string& server, const Invocation& invocation)
{
    say("logged out of " + server);
    if (invocation.json)
        answer({{"server", server}});
    return exitOk;
}

Result<int> logOut(const std::string& url, const Invocation& invocation)
{
    const auto http = openHttpClient();
    const auto ring = openSecretService();
    if (const auto session = savedSession(url, ring.get())) {
        TRY(logout(*http, *session, ring.get()));
        return loggedOut(session->server, invocation);
    }
    const auto account = TRY(currentAccount()); // a login that is over, or that the keychain keeps to itself, is forgotten all the same
    const std::string server = url.empty() && account ? account->server : TRY(serverOfText(url));
    TRY(forgetSession(server, ring.get()));
    return loggedOut(server, invocation);
}

Result<int> accounts(const std::string& url, const Invocation& invocation)
{
    if (!url.empty())
        TRY(chooseAccount(url));
    const auto current = TRY(currentAccount());
    Json told = Json::array();
    for (const AccountName& one : TRY(keptAccounts())) {
        const bool isCurrent = current && current->server == one.server;
        say(fmt::format("{} {}  {}{}", isCurrent ? "*" : " ", one.account, one.server, one.inKeychain ? "" : "  (the login is in a file)"));
        told.push_back({{"account", one.account}, {"server", one.server}, {"current", isCurrent}, {"kept", one.inKeychain ? "keychain" : "file"}});
    }
    if (told.empty())
        say("nobody is logged in; use `artdag login URL`");
    if (invocation.json)
        answer({{"accounts", told}});
    return exitOk;
}

} // namespace

Result<Session> sessionAt(HttpClient& http, const std::string& server)
{
    const auto ring = openSecretService();
    (void)moveLogins(*ring); // those of an earlier version; where the keychain does not take them they stay and hold
    return freshSession(http, client, server, ring.get());
}

void addLogin(CLI::App& app, Invocation& invocation)
{
    auto login = std::make_shared<LoginFlags>();
    CLI::App* command = app.add_subcommand("login", "Log in to a server that you publish to");
    command->add_option("URL", login->url, "The server: https://artdag.example")->required();
    command->add_option("--user", login->user, "Your name there, for a login by password");
    command->add_flag("--password", login->byPassword, "By password instead of in the browser");
    command->add_flag("--register", login->registerNew, "Make the account first, by password");
    command->add_flag("--in-file", login->inFile, "Keep the login in a file that only you can read, instead of in the keychain");
    command->footer("Without --user it shows a code to type in a browser that is logged in; no password is seen here.\n"
                    "A password is read from the terminal, from standard input, or from ARTDAG_PASSWORD; it is never kept.\n"
                    "The login itself is kept in the desktop's keychain, or, where there is none, in a file that only you can read; it says which.\n\n"
                    "Example: artdag login https://artdag.example");
    addCommonFlags(*command, invocation);
    command->callback([login, &invocation] { invocation.run = [login, &invocation] { return logIn(*login, invocation); }; });

    auto chosen = std::make_shared<std::string>();
    CLI::App* list = app.add_subcommand("accounts", "The accounts that are logged in, one at each server, and which of them is used");
    list->add_option("URL", *chosen, "Use the one at this server from now on");
    list->footer("Example: artdag accounts https://artdag.example");
    addCommonFlags(*list, invocation);
    list->callback([chosen, &invocation] { invocation.run = [chosen, &invocation] { return accounts(*chosen, invocation); }; });

    auto server = std::make_shared<std::string>();
    CLI::App* leave = app.add_subcommand("logout", "Log out of a server: the login ends there and is forgotten here");
    leave->add_option("URL", *server, "Which server (default: the last one logged in to)");
    leave->footer("Example: artdag logout https://artdag.example");
    addCommonFlags(*leave, invocation);
    leave->callback([server, &invocation] { invocation.run = [server, &invocation] { return logOut(*server, invocation); }; });
}

} // namespace artdag::cli
