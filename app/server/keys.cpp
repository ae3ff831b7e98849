// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd keys generate` (as before: `setup-keys`): the key with which this server speaks for an account.
#include "app/server/command.h"
#include "server/db/account_changes.h"
#include "server/db/accounts.h"
#include "server/l2/site.h"
#include "server/l2/transport_keys.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

Result<int> generate(const Settings& settings, const std::string& given)
{
    const std::string user = given.empty() ? settings["ARTDAG_USER"] : given;
    if (user.empty())
        return fail(Fault::BadInput, "--user: whose key? Name an account, or set ARTDAG_USER");
    TRY(checkUserName(user));
    const std::filesystem::path directory = dataDirectory(settings);
    std::error_code error;
    std::filesystem::create_directories(directory / "keys", error);
    std::filesystem::permissions(directory / "keys", std::filesystem::perms::owner_all, error);
    if (error)
        return fail(Fault::Denied, "directory '" + (directory / "keys").string() + "': " + error.message());
    const bool isNew = !std::filesystem::exists(directory / "keys" / (user + ".pem"));
    const std::string publicPem = TRY(keepTransportKey(directory, user));
    // An account that is there gets it now; one that is registered later finds it.
    if (const auto database = openDatabase(settings)) {
        const auto changed = changePublicKey(**database, user, publicPem);
        if (!changed && changed.error().fault != Fault::NotFound)
            return tl::unexpected<Error>(changed.error());
    } else if (database.error().fault != Fault::NotFound) {
        return tl::unexpected<Error>(database.error());
    }
    fmt::print("{} {} in {}\n", isNew ? "A new key of" : "The key of", user, (directory / "keys").string());
    return 0;
}

/// The new key counts from now on: a server that runs reads it again, and tells the followers.
Result<int> rotate(const Settings& settings, const std::string& user)
{
    TRY(checkUserName(user));
    const auto database = TRY(openDatabase(settings));
    TRY(findUser(*database, user));
    TRY(changePublicKey(*database, user, TRY(replaceTransportKey(dataDirectory(settings), user))));
    fmt::print("A new key of {}; the one before stays listed, so that what it signed can be checked\n", user);
    return 0;
}

void addGenerate(CLI::App& group, Invocation& invocation, const char* name)
{
    auto* command = group.add_subcommand(name, "Make the transport key of an account, where there is none");
    auto user = std::make_shared<std::string>();
    addPlaces(*command, invocation);
    command->add_option("--user", *user, "User name; ARTDAG_USER when not given");
    command->callback([&invocation, user] {
        invocation.run = [&invocation, user]() -> Result<int> { return generate(TRY(goodSettings(invocation)), *user); };
    });
}

} // namespace

void addKeys(CLI::App& app, Invocation& invocation)
{
    auto* keys = app.add_subcommand("keys", "Keys with which this server speaks for its accounts");
    keys->require_subcommand(1);
    addGenerate(*keys, invocation, "generate");
    addGenerate(app, invocation, "setup-keys");
    auto* command = keys->add_subcommand("rotate", "Replace the transport key of an account by a new one");
    auto user = std::make_shared<std::string>();
    addPlaces(*command, invocation);
    command->add_option("--user", *user, "User name")->required();
    command->callback([&invocation, user] {
        invocation.run = [&invocation, user]() -> Result<int> { return rotate(TRY(goodSettings(invocation)), *user); };
    });
}

} // namespace artdag::server
