// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of `artdagd` share: settings from options, environment and files, the database they name, and the exit
// code of an error. Never decides anything about works or accounts.
#pragma once

#include "server/db/database.h"
#include "server/operation/settings.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace artdag::server {

/// Filled by the parser; the chosen command sets `run`, which gives the exit code.
struct Invocation {
    std::map<std::string, std::string> options; ///< by setting: what the command line said
    std::string settingsFile;                   ///< --config
    std::function<Result<int>()> run;
};

int exitCodeOf(Fault fault);

/// An option that says a setting; a setting that is a switch becomes a flag.
CLI::Option* addSetting(CLI::App& command, Invocation& invocation, const std::string& option, const std::string& setting);
CLI::Option* addSwitch(CLI::App& command, Invocation& invocation, const std::string& option, const std::string& setting);
/// An option that may be given several times, or with commas.
CLI::Option* addList(CLI::App& command, Invocation& invocation, const std::string& option, const std::string& setting);
/// --data, --database-url and --config, which every command takes.
void addPlaces(CLI::App& command, Invocation& invocation);

/// Everything that was said, also what is wrong.
Settings settingsOf(const Invocation& invocation);
/// The same; BadInput when something is wrong.
Result<Settings> goodSettings(const Invocation& invocation);

std::filesystem::path dataDirectory(const Settings& settings);
/// DATABASE_URL, else the file in the data directory.
std::string databaseUrl(const Settings& settings);
std::string publicUrl(const Settings& settings, std::uint16_t port);
/// Whose name a certificate must have; empty: nobody's.
std::string certifiedHost(const Settings& settings);
std::string domainOf(const Settings& settings, std::uint16_t port);

/// TLS_CERTIFICATE and TLS_KEY are both there and good for the host of the public URL, or neither is there.
Result<void> checkTls(const Settings& settings);

/// The database of a server that was started before; NotFound for a directory that holds none.
Result<std::unique_ptr<Database>> openDatabase(const Settings& settings);

/// From that variable of the environment or its file (NAME_FILE), else asked twice (`again`) or once on the terminal without
/// echo; Denied when there is neither.
Result<std::string> askSecret(const std::string& variable, const std::string& question, bool again);

// One function per command, each in the file of its name.
void addInit(CLI::App& app, Invocation& invocation);
void addCheckConfig(CLI::App& app, Invocation& invocation);
void addServe(CLI::App& app, Invocation& invocation);
void addBackup(CLI::App& app, Invocation& invocation);
void addRestore(CLI::App& app, Invocation& invocation);
void addMigrate(CLI::App& app, Invocation& invocation);
void addUser(CLI::App& app, Invocation& invocation); ///< user, and users as before
void addBlock(CLI::App& app, Invocation& invocation);
void addPrune(CLI::App& app, Invocation& invocation);
void addKeys(CLI::App& app, Invocation& invocation);
void addDoctor(CLI::App& app, Invocation& invocation);
void addL1Token(CLI::App& app, Invocation& invocation);

} // namespace artdag::server
