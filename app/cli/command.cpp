// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "app/unseen_line.h"
#include "core/workflow/pack_recipe.h"

#include "core/base/files.h"
#include "core/identity/keys.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace artdag::cli {

int exitCodeOf(Fault fault)
{
    switch (fault) {
    case Fault::BadInput:
        return exitProblem;
    case Fault::NotFound:
        return exitNotFound;
    case Fault::Conflict:
        return exitConflict;
    case Fault::Denied:
        return exitDenied;
    case Fault::Unavailable:
        return exitUnavailable;
    case Fault::Cancelled:
        return exitCancelled;
    case Fault::Corrupt:
        return exitCorrupt;
    }
    return exitBug;
}

void addCommonFlags(CLI::App& command, Invocation& invocation)
{
    command.add_flag("--json", invocation.json, "Answer with one JSON object on standard output");
    command.add_option("--threads", invocation.threads, "Threads to compute with (default: all cores); the result is the same for any number")->check(CLI::Range(1, 256));
    command.add_option("--memory", invocation.memory, "Memory that a render may use (default: half of the machine's); with less, fewer chunks are encoded at once")->transform(CLI::AsSizeValue(false))->type_name("SIZE");
}

void say(const std::string& text)
{
    std::fprintf(stderr, "%s\n", text.c_str());
}

void answer(const Json& object)
{
    std::cout << object.dump(2, ' ', false, Json::error_handler_t::replace) << std::endl;
}

namespace {

std::string bar(double part, int width)
{
    static const char* const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const int filled = static_cast<int>(std::clamp(part, 0.0, 1.0) * width * 8);
    std::string text;
    for (int cell = 0; cell < width; ++cell)
        text += filled >= (cell + 1) * 8 ? "█" : filled > cell * 8 ? eighths[filled - cell * 8]
                                                                   : " ";
    return text;
}

} // namespace

std::function<void(const RunProgress&)> progressLine(const std::string& what)
{
    const bool terminal = isatty(STDERR_FILENO) == 1;
    auto last = std::make_shared<std::chrono::steady_clock::time_point>(std::chrono::steady_clock::now());
    return [what, terminal, last](const RunProgress& progress) {
        const double part = progress.framesTotal > 0 ? static_cast<double>(progress.framesDone) / static_cast<double>(progress.framesTotal) : 0;
        std::string left = progress.secondsLeft > 0.5 ? " · " + humanSeconds(progress.secondsLeft) + " left" : "";
        std::string line = fmt::format("{}  {}/{} frames", what, progress.framesDone, progress.framesTotal);
        if (progress.framesPerSecond > 0)
            line += fmt::format(" · {:.1f} frames/s", progress.framesPerSecond);
        line += left;
        if (terminal) {
            std::fprintf(stderr, "\r\033[K%s %s", bar(part, 24).c_str(), line.c_str());
            std::fflush(stderr);
        } else if (std::chrono::steady_clock::now() - *last > std::chrono::seconds(10)) {
            *last = std::chrono::steady_clock::now();
            say(line);
        }
    };
}

void endProgressLine()
{
    if (isatty(STDERR_FILENO) == 1)
        std::fprintf(stderr, "\r\033[K");
}

void sayProblems(const std::string& file, const std::vector<Problem>& problems)
{
    for (const Problem& problem : problems) {
        const std::string where = problem.line > 0 ? fmt::format("{}:{}:{}", file, problem.line, problem.column) : file;
        say(fmt::format("{}: {}: {}{}", where, problem.severity == Problem::Severity::Error ? "error" : "warning", problem.message, problem.hint.empty() ? "" : "\n    " + problem.hint));
    }
}

Json jsonOfProblems(const std::vector<Problem>& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back({{"severity", problem.severity == Problem::Severity::Error ? "error" : "warning"}, {"pointer", problem.pointer}, {"line", problem.line}, {"column", problem.column}, {"message", problem.message}, {"hint", problem.hint}});
    return list;
}

void BindingFlags::add(CLI::App& command)
{
    command.add_option("--input", inputs, "Put a file, numbered pictures (shot.####.png, a folder; :hold or :black for gaps) or a content id in for an input: NAME=PATH or NAME=sha3-256:…")->type_name("NAME=PATH")->allow_extra_args(false)->take_all();
    command.add_option("--set", params, "Set a parameter of the recipe: PARAM=VALUE (JSON, or plain text)")->type_name("PARAM=VALUE")->allow_extra_args(false)->take_all();
}

Result<RecipeBindings> BindingFlags::read(Workspace& workspace) const
{
    RecipeBindings bindings;
    auto split = [](const std::string& flag, const char* name) -> Result<std::pair<std::string, std::string>> {
        const auto mark = flag.find('=');
        if (mark == std::string::npos || mark == 0)
            return fail(Fault::BadInput, fmt::format("{} '{}': expected NAME=VALUE", name, flag));
        return std::pair(flag.substr(0, mark), flag.substr(mark + 1));
    };
    std::vector<std::string> names;
    std::vector<std::filesystem::path> files;
    for (const std::string& flag : inputs) {
        const auto [name, value] = TRY(split(flag, "--input"));
        if (value.starts_with("sha3-256:")) {
            bindings.inputs[name] = TRY(nameOfText<ContentId>(value));
        } else {
            names.push_back(name);
            files.emplace_back(value);
        }
    }
    const std::vector<ContentId> ids = TRY(importAll(workspace, files));
    for (std::size_t i = 0; i < ids.size(); ++i)
        bindings.inputs[names[i]] = ids[i];
    for (const std::string& flag : params) {
        const auto [name, value] = TRY(split(flag, "--set"));
        auto json = readJson(value);
        bindings.params[name] = json ? *json : Json(value);
    }
    return bindings;
}

Result<std::string> readRecipeFile(const std::string& path)
{
    auto text = readTextFile(path);
    if (!text && text.error().fault == Fault::NotFound)
        return fail(Fault::NotFound, fmt::format("recipe '{}': there is no such file; the samples are in resources/recipes", path));
    return text;
}

Result<std::string> readRecipeFile(const std::string& path, Workspace& workspace)
{
    std::string text = TRY(readRecipeFile(path));
    for (const ContentId& id : TRY(takeMediaBeside(workspace, readRecipe(text).recipe, path)))
        say("taken from beside the recipe: " + id.text());
    return text;
}

Result<std::string> passphrase(const std::string& question, const char* variable)
{
    if (const char* given = std::getenv(variable); given != nullptr && *given != '\0')
        return std::string(given);
    if (isatty(STDIN_FILENO) != 1)
        return fail(Fault::Denied, fmt::format("key file: it needs a passphrase; set {}, or run this on a terminal", variable));
    std::string text = unseenLine(question);
    if (text.empty())
        return fail(Fault::Denied, "key file: an empty passphrase would protect nothing");
    return text;
}

Result<std::string> newPassphrase(const std::string& question, const char* variable)
{
    std::string text = TRY(passphrase(question, variable));
    const char* given = std::getenv(variable);
    if ((given == nullptr || *given == '\0') && TRY(passphrase("Once more", variable)) != text)
        return fail(Fault::BadInput, "passphrase: the two are not the same; nothing was written");
    return text;
}

Result<SigningKey> creatorKey(const std::string& name)
{
    return openKeyFiles(artdagHome() / "keys", TRY(passphrase("Passphrase of key '" + name + "'")))->read(name);
}

std::string humanBytes(std::uint64_t bytes)
{
    static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1000 && unit + 1 < std::size(units)) {
        value /= 1000;
        ++unit;
    }
    return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, units[unit]);
}

std::string humanSeconds(double seconds)
{
    const auto whole = static_cast<std::int64_t>(seconds + 0.5);
    if (whole >= 3600)
        return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    if (whole >= 60)
        return fmt::format("{}:{:02}", whole / 60, whole % 60);
    return seconds < 10 ? fmt::format("{:.1f} s", seconds) : fmt::format("{} s", whole);
}

} // namespace artdag::cli
