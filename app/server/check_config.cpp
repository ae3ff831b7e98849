// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd check-config`: each setting, where it comes from, and what is wrong. Secrets are hidden.
#include "app/server/command.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

int explain(const Settings& settings)
{
    for (const Setting& setting : settings.all()) {
        fmt::print("{:<16} {:<32} {}\n", setting.name, shown(setting), setting.from);
        if (!setting.problem.empty())
            fmt::print("{:<16} ! {}\n", "", setting.problem);
        else
            fmt::print("{:<16} {}\n", "", setting.meaning);
    }
    for (const std::string& problem : settings.problems())
        fmt::print("! {}\n", problem);
    const auto tls = checkTls(settings);
    if (!tls)
        fmt::print("! {}\n", tls.error().message);
    const bool good = settings.check().has_value() && tls.has_value();
    if (good)
        fmt::print("\nData in {}; works will be at {}.\nNothing is wrong with these settings.\n", dataDirectory(settings).string(), publicUrl(settings, static_cast<std::uint16_t>(settings.number("PORT"))));
    return good ? 0 : exitCodeOf(Fault::BadInput);
}

} // namespace

void addCheckConfig(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("check-config", "Show each setting, where it comes from, and what is wrong; secrets stay hidden");
    addPlaces(*command, invocation);
    command->callback([&invocation] {
        invocation.run = [&invocation]() -> Result<int> { return explain(settingsOf(invocation)); };
    });
}

} // namespace artdag::server
