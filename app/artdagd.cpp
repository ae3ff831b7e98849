// SPDX-License-Identifier: GPL-3.0-or-later
// artdagd: the headless server. Wiring only: each command is a file in app/server.
#include "app/server/command.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

int main(int argc, char** argv)
{
    using namespace artdag::server;
    Invocation invocation;
    CLI::App app{"artdagd: the headless Art DAG server. It keeps published works with their provenance, shows them to people and\n"
                 "to the fediverse, and checks every signature and content id itself.\n\n"
                 "Try it on this machine, with nothing prepared:\n"
                 "  artdagd serve --data /tmp/artdag --port 8200 --domain 127.0.0.1:8200 --allow-loopback\n"
                 "  artdag login http://127.0.0.1:8200 --register\n\n"
                 "In public, behind a proxy that speaks TLS:\n"
                 "  artdagd serve --data /var/lib/artdag --port 8200 --domain artdag.example --host 127.0.0.1\n"};
    app.set_version_flag("--version", "artdagd " ARTDAG_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 stopped as asked, 1 the doctor found something bad, 2 usage, 3 not found, 4 unavailable (port taken), 6 corrupt, 7 denied, 8 conflict.");
    for (auto* add : {addInit, addCheckConfig, addServe, addBackup, addRestore, addMigrate, addUser, addBlock, addPrune, addKeys, addDoctor, addL1Token})
        add(app, invocation);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    const auto code = invocation.run();
    if (code)
        return *code;
    fmt::print(stderr, "artdagd: {}\n", code.error().message);
    return exitCodeOf(code.error().fault);
}
