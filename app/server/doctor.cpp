// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd doctor`: looks at what goes wrong in practice and says what to do.
#include "app/server/command.h"
#include "core/worker/worker_process.h"
#include "server/operation/examination.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::server {

namespace {

Result<int> examineServer(const Settings& settings, bool isOffline)
{
    Examined server{dataDirectory(settings), workerBesideThisProgram(), databaseUrl(settings), isOffline ? "" : publicUrl(settings, static_cast<std::uint16_t>(settings.number("PORT")))};
    std::vector<Finding> findings = examine(server);
    if (const auto checked = settings.check(); !checked)
        findings.insert(findings.begin(), {"settings", Finding::State::Bad, checked.error().message});
    for (const Finding& finding : findings)
        fmt::print("{} {:<10} {}\n", finding.state == Finding::State::Good ? "ok  " : finding.state == Finding::State::Bad ? "BAD "
                                                                                                                           : "look",
            finding.subject, finding.words);
    return std::ranges::any_of(findings, [](const Finding& finding) { return finding.state == Finding::State::Bad; }) ? 1 : 0;
}

} // namespace

void addDoctor(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("doctor", "Look at what goes wrong in practice, and say what to do; ends with 1 when something is bad");
    auto isOffline = std::make_shared<bool>(false);
    addPlaces(*command, invocation);
    addSetting(*command, invocation, "--public-url", "PUBLIC_URL");
    command->add_flag("--offline", *isOffline, "Do not ask the public address");
    command->callback([&invocation, isOffline] {
        invocation.run = [&invocation, isOffline]() -> Result<int> { return examineServer(settingsOf(invocation), *isOffline); };
    });
}

} // namespace artdag::server
