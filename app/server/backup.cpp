// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd backup FILE` and `artdagd restore FILE`: a server in one sealed file, and back.
#include "server/operation/backup.h"
#include "app/server/command.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

constexpr const char* passphraseVariable = "ARTDAG_BACKUP_PASSPHRASE";

Result<std::string> passphrase(bool isNew)
{
    std::string text = TRY(askSecret(passphraseVariable, "Passphrase of the backup", isNew));
    if (isNew && text.size() < 12)
        return fail(Fault::BadInput, "passphrase: it protects every key of this server; give at least 12 characters");
    return text;
}

Result<int> runBackup(const Settings& settings, const std::string& file)
{
    const auto database = TRY(openDatabase(settings));
    TRY(backUp(*database, dataDirectory(settings), file, TRY(passphrase(true))));
    fmt::print("{}: database, keys, secrets and settings\nMedia are not in it: copy {} as well (its files never change).\n", file, (dataDirectory(settings) / "objects").string());
    return 0;
}

Result<int> runRestore(const Settings& settings, const std::string& file)
{
    const MissingMedia missing = TRY(restore(file, TRY(passphrase(false)), dataDirectory(settings), databaseUrl(settings)));
    fmt::print("The server of {} is in {}\n", file, dataDirectory(settings).string());
    if (missing.files != 0) {
        fmt::print("{} media files ({} bytes) are still to be copied to {}, for example:\n", missing.files, missing.bytes, (dataDirectory(settings) / "objects").string());
        for (const std::string& name : missing.first)
            fmt::print("  {}\n", name);
    }
    fmt::print("Start it under the same domain.\n");
    return 0;
}

} // namespace

void addBackup(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("backup", "Write database, keys, secrets and settings to one encrypted file, while the server runs");
    auto file = std::make_shared<std::string>();
    addPlaces(*command, invocation);
    command->add_option("file", *file, "New file; its passphrase is in ARTDAG_BACKUP_PASSPHRASE or asked for")->required();
    command->callback([&invocation, file] {
        invocation.run = [&invocation, file]() -> Result<int> { return runBackup(TRY(goodSettings(invocation)), *file); };
    });
}

void addRestore(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("restore", "Make a data directory and database from a backup; also from SQLite to PostgreSQL and back");
    auto file = std::make_shared<std::string>();
    addPlaces(*command, invocation);
    command->add_option("file", *file, "File that `artdagd backup` wrote")->required();
    command->callback([&invocation, file] {
        invocation.run = [&invocation, file]() -> Result<int> { return runRestore(TRY(goodSettings(invocation)), *file); };
    });
}

} // namespace artdag::server
