// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd migrate`: brings the database to the newest schema without serving, after a backup of what is there.
#include "app/server/command.h"
#include "server/db/migrations.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

Result<int> migrate(const Settings& settings)
{
    TRY(openDatabase(settings));
    fmt::print("The database has schema {}, the newest.\n", migrations().size());
    return 0;
}

} // namespace

void addMigrate(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("migrate", "Bring the database to the newest schema, after a backup (serve does it, too)");
    addPlaces(*command, invocation);
    command->callback([&invocation] {
        invocation.run = [&invocation]() -> Result<int> { return migrate(TRY(goodSettings(invocation))); };
    });
}

} // namespace artdag::server
