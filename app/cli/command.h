// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of `artdag` share: how they answer people (prose, progress) and machines (one JSON object on stdout),
// and which exit code an error has. Never decides anything about recipes or pixels.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/render/run_plan.h"
#include "core/workflow/workspace.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace artdag {
class HttpClient;
class SigningKey;
struct Session;
} // namespace artdag

namespace artdag::cli {

enum ExitCode {
    exitOk = 0,
    exitProblem = 1,
    exitUsage = 2,
    exitNotFound = 3,
    exitUnavailable = 4,
    exitVerifiedFalse = 5,
    exitCorrupt = 6,
    exitDenied = 7,
    exitConflict = 8,
    exitBug = 70,
    exitCancelled = 130,
};
int exitCodeOf(Fault fault);

/// Filled by the parser; the chosen command sets `run`.
struct Invocation {
    bool json = false;
    int threads = 0;
    std::size_t memory = 0; ///< bytes; 0: the usual
    CancelToken cancel;     ///< set by Ctrl-C
    std::function<Result<int>()> run;
};

/// Adds the flags that work everywhere: --json, --threads, --memory.
void addCommonFlags(CLI::App& command, Invocation& invocation);

/// Prose and progress go to stderr, so that stdout stays for machines.
void say(const std::string& text);
/// The one JSON object on stdout.
void answer(const Json& object);

/// A progress line on a terminal (frames done, rate, time left), a line each ten seconds elsewhere.
std::function<void(const RunProgress&)> progressLine(const std::string& what);
void endProgressLine();

/// `file:line:column: error: message (hint)`, one a line.
void sayProblems(const std::string& file, const std::vector<Problem>& problems);
Json jsonOfProblems(const std::vector<Problem>& problems);

/// --input NAME=PATH|sha3-256:… and --set PARAM=VALUE of render, plan, check and verify.
struct BindingFlags {
    std::vector<std::string> inputs;
    std::vector<std::string> params;
    void add(CLI::App& command);
    Result<RecipeBindings> read(Workspace& workspace) const;
};

/// The file's text; NotFound says what to do.
Result<std::string> readRecipeFile(const std::string& path);
/// The same in a workspace that takes what the recipe names from `media` beside it (a packed recipe) where it is not there yet.
Result<std::string> readRecipeFile(const std::string& path, Workspace& workspace);

/// A passphrase from an environment variable, else asked on the terminal without echo.
Result<std::string> passphrase(const std::string& question, const char* variable = "ARTDAG_KEY_PASSPHRASE");
/// One that is chosen now: on the terminal it is asked for twice. BadInput when the two differ.
Result<std::string> newPassphrase(const std::string& question, const char* variable = "ARTDAG_KEY_PASSPHRASE");

/// The login at a server (empty: the last one), its tokens from the keychain or the file, renewed when need be.
Result<Session> sessionAt(HttpClient& http, const std::string& server);
/// A creator's key of the home, opened with the passphrase.
Result<SigningKey> creatorKey(const std::string& name);

std::string humanBytes(std::uint64_t bytes);
std::string humanSeconds(double seconds);

// One function per command, each in the file of its name.
void addCheck(CLI::App& app, Invocation& invocation);
void addFormat(CLI::App& app, Invocation& invocation);
void addPlan(CLI::App& app, Invocation& invocation);
void addRender(CLI::App& app, Invocation& invocation);
void addProxy(CLI::App& app, Invocation& invocation);
void addPack(CLI::App& app, Invocation& invocation);
void addEmbed(CLI::App& app, Invocation& invocation); ///< embed, extract
void addExplain(CLI::App& app, Invocation& invocation);
void addEffects(CLI::App& app, Invocation& invocation);
void addImport(CLI::App& app, Invocation& invocation);
void addVerify(CLI::App& app, Invocation& invocation);
void addKeep(CLI::App& app, Invocation& invocation);
void addKeys(CLI::App& app, Invocation& invocation);
void addStore(CLI::App& app, Invocation& invocation);
void addServerCommands(CLI::App& app, Invocation& invocation); ///< login, logout, attach, detach, publish, withdraw, consent
void addLogin(CLI::App& app, Invocation& invocation);
void addAttach(CLI::App& app, Invocation& invocation);    ///< attach, detach
void addPublished(CLI::App& app, Invocation& invocation); ///< withdraw, consent, disclose
void addShell(CLI::App& app, Invocation& invocation);     ///< completion, man

} // namespace artdag::cli
