// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: check, plan, render, explain, verify … recipes, from a shell or a script.
#include "app/cli/command.h"
#include "core/base/allocator.h"
#include "core/base/files.h"
#include "core/media/kept_builds.h"
#include "core/picture/simd.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <exception>
#include <thread>

namespace {

/// Ctrl-C asks the run to stop (finished chunks are kept); a second one ends the process at once.
void watchInterrupts(artdag::CancelToken cancel)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any other thread exists
    std::thread([signals, cancel]() mutable {
        int number = 0;
        sigwait(&signals, &number);
        cancel.cancel();
        sigwait(&signals, &number);
        _exit(artdag::cli::exitCancelled);
    }).detach();
}

int fail(const artdag::cli::Invocation& invocation, const artdag::Error& error)
{
    artdag::cli::endProgressLine();
    artdag::cli::say("artdag: " + error.message);
    if (invocation.json)
        artdag::cli::answer({{"error", error.message}});
    return artdag::cli::exitCodeOf(error.fault);
}

} // namespace

int main(int argc, char** argv)
{
    using namespace artdag::cli;
    artdag::keepFreedMemory();
    artdag::keepBuildsIn(artdag::artdagHome() / "builds.json");
    std::setlocale(LC_ALL, ""); // as Qt does for the Studio: the core must not care, and the tests see that it does not
    Invocation invocation;
    CLI::App app{"Art DAG: reproducible, attributable media art from recipes."};
    app.name("artdag");
    app.set_version_flag("--version", "artdag " ARTDAG_VERSION);
    app.require_subcommand(1);
    app.footer("Try:\n  artdag render resources/recipes/spinning_cat.artdag -o cat.mp4\n  artdag verify cat.mp4\n  artdag effects --search blur\n\n"
               "Exit codes: 0 ok, 1 problem in the recipe, 2 usage, 3 not found, 4 unavailable, 5 verified false,\n"
               "6 corrupt, 7 denied, 8 conflict, 70 our bug, 130 cancelled.\n"
               "Environment: ARTDAG_HOME (store and settings), ARTDAG_SIMD=v2|v3|v4 (kernel level), ARTDAG_KEY_PASSPHRASE.");
    for (const auto add : {addCheck, addFormat, addPlan, addRender, addProxy, addPack, addEmbed, addExplain, addEffects, addImport, addVerify, addKeep, addKeys, addStore, addServerCommands, addShell})
        add(app, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? exitOk : exitUsage;
    }
    if (auto level = artdag::simdLevel(); !level)
        return fail(invocation, level.error());
    watchInterrupts(invocation.cancel);
    try {
        auto done = invocation.run();
        return done ? *done : fail(invocation, done.error());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "artdag: our bug: %s\n", error.what());
        return exitBug;
    }
}
