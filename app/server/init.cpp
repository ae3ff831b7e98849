// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd init`: a data directory with its database, secret and a file of settings to edit; nothing that is there changes.
#include "app/server/command.h"
#include "core/base/files.h"
#include "server/l2/site.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

std::string tomlText(std::string_view value)
{
    std::string text = "\"";
    for (const char c : value)
        text += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return text + "\"";
}

/// Every setting with what it means; those that were given are in force, the others commented out. Secrets are left to files.
std::string settingsFile(const Settings& settings)
{
    std::string text = "# Settings of artdagd. The environment wins over this file; `artdagd check-config` explains what holds.\n";
    for (const Setting& setting : settings.all()) {
        if (setting.name == "ARTDAG_DATA" || setting.name == "ALLOW_LOOPBACK")
            continue;
        std::string name = setting.name;
        for (char& c : name)
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        const bool given = setting.from != "usual" && !setting.isSecret;
        text += fmt::format("\n# {}{}\n{}{} = {}\n", setting.meaning, setting.isSecret ? fmt::format("\n# A secret: better in {} or a file that {}_FILE names.", setting.name, setting.name) : "", given ? "" : "# ", name, tomlText(setting.isSecret ? "" : setting.value));
    }
    return text;
}

Result<int> init(const Settings& settings)
{
    SiteOptions options;
    options.directory = dataDirectory(settings);
    options.database = databaseUrl(settings);
    options.domain = domainOf(settings, static_cast<std::uint16_t>(settings.number("PORT")));
    options.publicUrl = publicUrl(settings, static_cast<std::uint16_t>(settings.number("PORT")));
    options.secret = settings["JWT_SECRET"];
    const std::filesystem::path file = options.directory / "artdagd.toml";
    TRY(openSite(std::move(options)));
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        TRY(writeFileAtomically(file, bytesOf(settingsFile(settings)), 0600));
    fmt::print("A server is in {}\nIts settings are in {}\nNext: `artdagd user add NAME --role owner`, then `artdagd serve`.\n", dataDirectory(settings).string(), file.string());
    return 0;
}

} // namespace

void addInit(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("init", "Make a data directory with database, secret and a file of settings");
    addPlaces(*command, invocation);
    addSetting(*command, invocation, "--domain", "ARTDAG_DOMAIN");
    addSetting(*command, invocation, "--port", "PORT");
    addSetting(*command, invocation, "--public-url", "PUBLIC_URL");
    command->callback([&invocation] {
        invocation.run = [&invocation]() -> Result<int> { return init(TRY(goodSettings(invocation))); };
    });
}

} // namespace artdag::server
