// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd user …`: accounts from the command line, for the operator of the machine.
#include "app/server/command.h"
#include "core/base/files.h"
#include "core/identity/keys.h"
#include "server/db/account_changes.h"
#include "server/db/accounts.h"
#include "server/db/members.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/passwords.h"
#include "server/l2/site.h"
#include "server/l2/transport_keys.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

constexpr std::int64_t linkLife = std::int64_t{24} * 3600 * 1'000'000;

struct UserFlags {
    std::string name;
    std::string role = "member";
};

/// Shown once; the database keeps its hash only.
Result<void> printResetLink(Database& database, const Settings& settings, const std::string& name)
{
    const std::string secret = newSecret();
    TRY(addResetLink(database, hashOfSecret(secret), TRY(findUser(database, name)).id, 0, nowMicroseconds() + linkLife));
    fmt::print("{}/reset?code={}\nWhoever opens this link within 24 hours sets the password of {}. Give it to nobody else.\n", publicUrl(settings, static_cast<std::uint16_t>(settings.number("PORT"))), secret, name);
    return {};
}

Result<int> add(const Settings& settings, const UserFlags& flags)
{
    TRY(checkUserName(flags.name));
    const auto database = TRY(openDatabase(settings));
    const auto given = environmentOf("ARTDAG_NEW_PASSWORD");
    if (given && given->size() < 8)
        return fail(Fault::BadInput, "ARTDAG_NEW_PASSWORD: must have at least 8 characters");
    const auto turn = TRY(database->turn("register"));
    if (findUser(*database, flags.name))
        return fail(Fault::Conflict, "user '" + flags.name + "': the name is taken");
    User user;
    user.name = flags.name;
    user.displayName = flags.name;
    user.role = flags.role;
    user.password = TRY(hashPassword(given ? *given : base64Url(secureRandom(32))));
    user.publicPem = TRY(keepTransportKey(dataDirectory(settings), flags.name));
    user = TRY(addUser(*database, user));
    fmt::print("{} is {} here\n", user.name, user.role);
    if (!given)
        TRY(printResetLink(*database, settings, flags.name));
    return 0;
}

Result<int> setState(const Settings& settings, const UserFlags& flags, const char* state, const char* words)
{
    const auto database = TRY(openDatabase(settings));
    TRY(setUserState(*database, flags.name, state));
    fmt::print("{} {}\n", flags.name, words);
    return 0;
}

Result<int> listPending(const Settings& settings)
{
    const auto database = TRY(openDatabase(settings));
    for (const User& user : TRY(listUsers(*database, "pending", 1000)))
        fmt::print("{}  since {}\n", user.name, isoTime(user.createdAt));
    return 0;
}

Result<int> setRole(const Settings& settings, const UserFlags& flags)
{
    const auto database = TRY(openDatabase(settings));
    TRY(changeRole(*database, flags.name, flags.role));
    fmt::print("{} is {} now\n", flags.name, flags.role);
    return 0;
}

Result<int> resetLink(const Settings& settings, const UserFlags& flags)
{
    const auto database = TRY(openDatabase(settings));
    TRY(printResetLink(*database, settings, flags.name));
    return 0;
}

using Action = std::function<Result<int>(const Settings&, const UserFlags&)>;

CLI::App* addAction(CLI::App& group, Invocation& invocation, const std::shared_ptr<UserFlags>& flags, const char* name, const char* help, bool named, Action action)
{
    auto* command = group.add_subcommand(name, help);
    addPlaces(*command, invocation);
    if (named)
        command->add_option("name", flags->name, "User name")->required();
    command->callback([&invocation, flags, action = std::move(action)] {
        invocation.run = [&invocation, flags, action]() -> Result<int> { return action(TRY(goodSettings(invocation)), *flags); };
    });
    return command;
}

} // namespace

void addUser(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<UserFlags>();
    auto* user = app.add_subcommand("user", "Accounts: add, approve, suspend, roles, ways back in")->alias("users");
    user->require_subcommand(1);
    const CLI::IsMember roles({"owner", "admin", "moderator", "member", "limited"});
    auto* added = addAction(*user, invocation, flags, "add", "Make an account; its password is in ARTDAG_NEW_PASSWORD, or set by the link that is printed", true, add);
    added->add_option("--role", flags->role, "owner, admin, moderator, member or limited; the first account is the owner's")->check(roles)->capture_default_str();
    addAction(*user, invocation, flags, "approve", "Let an account in that waits, or was suspended", true, [](const Settings& settings, const UserFlags& who) { return setState(settings, who, "active", "may log in now"); });
    addAction(*user, invocation, flags, "pending", "List the accounts that wait", false, [](const Settings& settings, const UserFlags&) { return listPending(settings); });
    addAction(*user, invocation, flags, "suspend", "Shut an account out; what it logged in with counts no more", true, [](const Settings& settings, const UserFlags& who) { return setState(settings, who, "suspended", "is shut out"); });
    auto* role = addAction(*user, invocation, flags, "role", "Give an account another role", true, setRole);
    role->add_option("role", flags->role, "owner, admin, moderator, member or limited")->required()->check(roles);
    addAction(*user, invocation, flags, "reset-link", "Print a link with which the account gets a new password, once, within 24 hours", true, resetLink);
}

} // namespace artdag::server
