// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/command.h"

#include "app/unseen_line.h"
#include "core/base/files.h"
#include "server/http/tls.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace artdag::server {

namespace {

const std::string& meaningOf(const std::string& setting)
{
    static const Settings table = Settings::read({});
    return table.find(setting).meaning;
}

} // namespace

int exitCodeOf(Fault fault)
{
    switch (fault) {
    case Fault::BadInput:
        return 2;
    case Fault::NotFound:
        return 3;
    case Fault::Unavailable:
        return 4;
    case Fault::Corrupt:
        return 6;
    case Fault::Denied:
        return 7;
    case Fault::Conflict:
        return 8;
    case Fault::Cancelled:
        return 130;
    }
    return 70;
}

CLI::Option* addSetting(CLI::App& command, Invocation& invocation, const std::string& option, const std::string& setting)
{
    return command.add_option_function<std::string>(
        option, [&invocation, setting](const std::string& value) { invocation.options[setting] = value; }, meaningOf(setting) + " [" + setting + "]");
}

CLI::Option* addSwitch(CLI::App& command, Invocation& invocation, const std::string& option, const std::string& setting)
{
    return command.add_flag_callback(
        option, [&invocation, setting] { invocation.options[setting] = "true"; }, meaningOf(setting) + " [" + setting + "]");
}

CLI::Option* addList(CLI::App& command, Invocation& invocation, const std::string& option, const std::string& setting)
{
    return command
        .add_option_function<std::vector<std::string>>(
            option, [&invocation, setting](const std::vector<std::string>& values) { invocation.options[setting] = fmt::format("{}", fmt::join(values, ",")); }, meaningOf(setting) + " [" + setting + "]")
        ->delimiter(',');
}

void addPlaces(CLI::App& command, Invocation& invocation)
{
    addSetting(command, invocation, "--data", "ARTDAG_DATA")->type_name("DIRECTORY");
    addSetting(command, invocation, "--database-url", "DATABASE_URL")->type_name("URL");
    command.add_option("--config", invocation.settingsFile, "File with settings; artdagd.toml in the data directory or /etc/artdag when not given")->type_name("FILE")->check(CLI::ExistingFile);
}

Settings settingsOf(const Invocation& invocation)
{
    SettingSources sources;
    sources.options = invocation.options;
    sources.environment = environmentOf;
    if (!invocation.settingsFile.empty())
        sources.files = {invocation.settingsFile};
    else
        sources.files = {dataDirectory(Settings::read(sources)) / "artdagd.toml", "/etc/artdag/artdagd.toml"};
    return Settings::read(sources);
}

Result<void> checkTls(const Settings& settings)
{
    const std::string& certificate = settings["TLS_CERTIFICATE"];
    const std::string& key = settings["TLS_KEY"];
    if (certificate.empty() != key.empty())
        return fail(Fault::BadInput, "TLS_CERTIFICATE and TLS_KEY belong together; one is not given");
    if (settings.number("REDIRECT_PORT") != 0 && certificate.empty())
        return fail(Fault::BadInput, "REDIRECT_PORT leads to TLS of our own; without TLS_CERTIFICATE the proxy must do it");
    if (!certificate.empty())
        TRY(openTls(certificate, key, certifiedHost(settings)));
    return {};
}

Result<Settings> goodSettings(const Invocation& invocation)
{
    Settings settings = settingsOf(invocation);
    TRY(settings.check());
    return settings;
}

std::filesystem::path dataDirectory(const Settings& settings)
{
    if (!settings["ARTDAG_DATA"].empty())
        return settings["ARTDAG_DATA"];
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr ? home : ".") / ".artdag" / "l2";
}

std::string databaseUrl(const Settings& settings)
{
    return settings["DATABASE_URL"].empty() ? (dataDirectory(settings) / "artdagd.sqlite").string() : settings["DATABASE_URL"];
}

std::string certifiedHost(const Settings& settings)
{
    return settings["ARTDAG_HOST"].empty() ? settings["ARTDAG_DOMAIN"] : settings["ARTDAG_HOST"];
}

std::string domainOf(const Settings& settings, std::uint16_t port)
{
    return settings["ARTDAG_DOMAIN"].empty() ? "127.0.0.1:" + std::to_string(port) : settings["ARTDAG_DOMAIN"];
}

std::string publicUrl(const Settings& settings, std::uint16_t port)
{
    std::string url = settings["PUBLIC_URL"];
    if (url.empty()) {
        const bool plain = settings["TLS_CERTIFICATE"].empty() && (settings.isOn("ALLOW_LOOPBACK") || settings["ARTDAG_DOMAIN"].empty());
        url = (plain ? "http://" : "https://") + (settings["ARTDAG_HOST"].empty() ? domainOf(settings, port) : settings["ARTDAG_HOST"]);
    }
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

Result<std::unique_ptr<Database>> openDatabase(const Settings& settings)
{
    const std::string url = databaseUrl(settings);
    const std::filesystem::path file = url.starts_with("sqlite:") ? url.substr(7) : url;
    std::error_code ignored;
    if (!isPostgresUrl(url) && !std::filesystem::exists(file, ignored))
        return fail(Fault::NotFound, "directory '" + dataDirectory(settings).string() + "': there is no server in it yet; `artdagd init` makes one, --data names another");
    return Database::open(url, dataDirectory(settings));
}

Result<std::string> askSecret(const std::string& variable, const std::string& question, bool again)
{
    if (const auto given = environmentOf(variable); given && !given->empty())
        return *given;
    if (const auto file = environmentOf(variable + "_FILE"); file && !file->empty()) {
        std::string text = TRY(readTextFile(*file, 64U << 10));
        return text.substr(0, text.find_last_not_of("\r\n") + 1);
    }
    if (isatty(STDIN_FILENO) != 1)
        return fail(Fault::Denied, question + ": set " + variable + " or " + variable + "_FILE, or run this on a terminal");
    std::string text = unseenLine(question);
    if (again && unseenLine(question + ", again") != text)
        return fail(Fault::Denied, question + ": the two were not the same");
    return text;
}

} // namespace artdag::server
