// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd serve`: opens the instance, serves until it is asked to stop.
#include "server/http/serve.h"
#include "app/server/renderer_settings.h"
#include "core/net/domain_name.h"
#include "server/l2/application.h"
#include "server/l2/delivery.h"
#include "server/l2/federation.h"
#include "server/l2/job_kinds.h"
#include "server/l2/proxy_watch.h"
#include "server/l2/site.h"
#include "server/operation/log.h"
#include "server/operation/systemd.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <malloc.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>
#include <vector>

namespace artdag::server {

namespace {

struct ServeFlags {
    std::vector<std::string> roles{"l1", "l2"};
    std::string worker;
};

Registration registrationOf(const Settings& settings)
{
    const std::string& said = settings["REGISTRATION"];
    if (said.empty())
        return settings.isOn("ALLOW_LOOPBACK") ? Registration::Open : Registration::Approval;
    return said == "open" ? Registration::Open : said == "closed" ? Registration::Closed
                                                                  : Registration::Approval;
}

/// What looks at uploads. Seen to be there now: without it every upload of media would fail.
Result<WorkerOptions> uploadWorker(const std::string& program)
{
    WorkerOptions worker;
    worker.program = program.empty() ? workerBesideThisProgram() : std::filesystem::path(program);
    worker.limits.memoryBytes = std::uint64_t{1} << 30;
    worker.limits.cpuSeconds = 30;
    worker.patience = std::chrono::seconds(30);
    if (::access(worker.program.c_str(), X_OK) != 0)
        return fail(Fault::NotFound, "program '" + worker.program.string() + "': it looks at uploads and belongs beside artdagd; install it, or name it with --worker");
    return worker;
}

Result<SiteOptions> siteOptions(const Settings& settings, const ServeFlags& flags, std::uint16_t port)
{
    SiteOptions site;
    site.directory = dataDirectory(settings);
    site.database = databaseUrl(settings);
    site.domain = domainOf(settings, port);
    site.publicUrl = publicUrl(settings, port);
    site.secret = settings["JWT_SECRET"];
    site.port = port;
    site.registration = registrationOf(settings);
    site.uploadLimit = static_cast<std::uint64_t>(settings.number("MAX_UPLOAD"));
    site.allowLoopback = settings.isOn("ALLOW_LOOPBACK");
    site.secureMode = settings.isOn("SECURE_MODE");
    site.memberQuota = static_cast<std::uint64_t>(settings.number("MEMBER_QUOTA"));
    site.worksPerDay = settings.number("WORKS_PER_DAY");
    site.transcodeMinutes = settings.number("TRANSCODE_MINUTES");
    site.fullDisk = static_cast<int>(settings.number("FULL_DISK"));
    site.renderers = settings.list("L1_SERVERS");
    site.storageHosts = settings.list("STORAGE_HOSTS");
    site.anchors = {settings.list("ARTDAG_CALENDARS"), settings["ARTDAG_BLOCK_HEADERS"], std::chrono::seconds(settings.number("CALENDAR_TIMEOUT"))};
    for (const std::string& calendar : site.anchors.calendars)
        if (!calendar.starts_with("https://") && !site.allowLoopback)
            return fail(Fault::BadInput, "calendar '" + calendar + "': must be an https URL");
    site.compress = settings.isOn("COMPRESSION");
    site.hsts = settings.number("HSTS");
    site.metrics = {settings.isOn("METRICS"), settings["METRICS_TOKEN"]};
    constexpr std::array<const char*, rateKinds> rates{"RATE_VISITOR", "RATE_MEMBER", "RATE_MEDIA", "RATE_UPLOAD", "RATE_LOGIN", "RATE_REGISTER", "RATE_RESET", "RATE_INBOX"};
    for (std::size_t i = 0; i < rateKinds; ++i)
        site.rates.at(i) = TRY(rateOf(settings[rates.at(i)]));
    site.worker = TRY(uploadWorker(flags.worker));
    return site;
}

/// Nothing without SMTP_URL.
std::optional<MailServer> mailServer(const Settings& settings, const std::string& domain)
{
    if (settings["SMTP_URL"].empty())
        return {};
    const std::string from = settings["SMTP_FROM"].empty() ? "artdag@" + domain.substr(0, domain.find(':')) : settings["SMTP_FROM"];
    return MailServer{settings["SMTP_URL"], from, settings["SMTP_AUTHORITIES"]};
}

Result<ServeOptions> serveOptions(const Settings& settings)
{
    ServeOptions serve;
    const bool loopback = settings.isOn("ALLOW_LOOPBACK");
    serve.address = !settings["HOST"].empty() ? settings["HOST"] : loopback || settings["ARTDAG_DOMAIN"].empty() ? "127.0.0.1"
                                                                                                                 : "0.0.0.0";
    if (loopback && !serve.address.starts_with("127.") && serve.address != "::1")
        return fail(Fault::BadInput, "--allow-loopback: it opens http and loopback to federation, so the server may only listen on 127.0.0.1, not on " + serve.address);
    serve.port = static_cast<std::uint16_t>(settings.number("PORT"));
    serve.threads = static_cast<int>(settings.number("THREADS"));
    serve.workers = 8; // most of their time they wait: for the disk, or for another server
    serve.uploads = dataDirectory(settings) / "tmp";
    serve.proxies = TRY(Networks::read(settings.list("TRUSTED_PROXIES")));
    TRY(checkTls(settings));
    serve.certificate = settings["TLS_CERTIFICATE"];
    serve.key = settings["TLS_KEY"];
    serve.host = certifiedHost(settings);
    serve.redirectPort = static_cast<std::uint16_t>(settings.number("REDIRECT_PORT"));
    serve.redirectTo = publicUrl(settings, serve.port);
    serve.sockets = inheritedSockets();
    return serve;
}

Result<int> run(const Settings& settings, const ServeFlags& flags)
{
    for (const std::string& role : flags.roles)
        if (role != "l1" && role != "l2")
            return fail(Fault::BadInput, "role '" + role + "': must be l1 or l2");
    setLog(logLevelOf(settings["LOG_LEVEL"]), settings["LOG_FORMAT"] == "json");
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20); // what a hash of a password took goes back at once
    const ServeOptions serveWith = TRY(serveOptions(settings));
    std::unique_ptr<Site> site;
    Application application;
    // The socket comes first: with port 0 the domain is only known once it is bound. Nothing is answered before `opened`.
    Result<void> opened;
    const auto served = serve(serveWith, application, [&](std::uint16_t port) -> bool {
        opened = [&]() -> Result<void> {
            site = TRY(openSite(TRY(siteOptions(settings, flags, port))));
            site->registry = hasRole(flags.roles, "l2");
            site->federation->mail = mailServer(settings, site->instance.domain);
            for (const std::string& domain : settings.list("FEDERATE_WITH"))
                site->federation->onlyDomains.push_back(TRY(normalDomain(domain)));
            if (hasRole(flags.roles, "l1"))
                TRY(openRenderer(*site, rendererOptions(settings, flags.roles, site->options.worker.program, port)));
            application = makeApplication(*site);
            TRY(setSetting(*site->database, silentProxySetting, "")); // what was noticed before may be mended
            startDelivering(*site);
            TRY(planRepeatingJobs(*site));
            site->jobs = std::make_unique<JobRunner>(*site->database, jobKinds(*site), 2);
            return {};
        }();
        if (!opened)
            return false;
        fmt::print("listening on {}://{}:{}\n", serveWith.certificate.empty() ? "http" : "https", serveWith.address, port);
        fmt::print("  {} · data in {} · roles {}\n", site->instance.publicUrl, site->options.directory.string(), fmt::join(flags.roles, ","));
        std::fflush(stdout);
        return true;
    });
    TRY(std::move(opened));
    TRY(Result<void>(served));
    return 0;
}

} // namespace

void addServe(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("serve", "Serve until SIGTERM or Ctrl-C");
    auto flags = std::make_shared<ServeFlags>();
    addPlaces(*command, invocation);
    addSetting(*command, invocation, "--port", "PORT");
    addSetting(*command, invocation, "--host", "HOST");
    addSetting(*command, invocation, "--domain", "ARTDAG_DOMAIN");
    addSetting(*command, invocation, "--public-url", "PUBLIC_URL");
    addSetting(*command, invocation, "--registration", "REGISTRATION");
    addSetting(*command, invocation, "--max-upload", "MAX_UPLOAD");
    addSetting(*command, invocation, "--threads", "THREADS");
    addSetting(*command, invocation, "--member-quota", "MEMBER_QUOTA");
    addSetting(*command, invocation, "--works-per-day", "WORKS_PER_DAY");
    addSetting(*command, invocation, "--full-disk", "FULL_DISK");
    addList(*command, invocation, "--l1-server", "L1_SERVERS");
    addList(*command, invocation, "--registry", "L2_SERVERS");
    for (const auto& [option, setting] : {std::pair{"--renders", "RENDERS"}, {"--render-threads", "RENDER_THREADS"}, {"--render-disk", "RENDER_DISK"}, {"--max-run-time", "MAX_RUN_TIME"}, {"--max-run-memory", "MAX_RUN_MEMORY"},
             {"--max-run-pixels", "MAX_RUN_PIXELS"}, {"--max-run-duration", "MAX_RUN_DURATION"}, {"--max-run-nodes", "MAX_RUN_NODES"}, {"--max-runs", "MAX_RUNS"}, {"--max-runs-of-user", "MAX_RUNS_OF_USER"}})
        addSetting(*command, invocation, option, setting);
    addList(*command, invocation, "--storage-host", "STORAGE_HOSTS");
    addList(*command, invocation, "--calendar", "ARTDAG_CALENDARS");
    addSetting(*command, invocation, "--block-headers", "ARTDAG_BLOCK_HEADERS");
    addSetting(*command, invocation, "--calendar-timeout", "CALENDAR_TIMEOUT");
    addSetting(*command, invocation, "--jwt-secret", "JWT_SECRET");
    for (const auto& [option, setting] : {std::pair{"--tls-certificate", "TLS_CERTIFICATE"}, {"--tls-key", "TLS_KEY"}, {"--redirect-port", "REDIRECT_PORT"}, {"--log-level", "LOG_LEVEL"}, {"--log-format", "LOG_FORMAT"}})
        addSetting(*command, invocation, option, setting);
    addList(*command, invocation, "--trusted-proxy", "TRUSTED_PROXIES");
    addSwitch(*command, invocation, "--allow-loopback", "ALLOW_LOOPBACK");
    addSwitch(*command, invocation, "--secure-mode", "SECURE_MODE");
    command->add_option("--role", flags->roles, "l1 (rendering), l2 (registry and federation) or both")->delimiter(',')->capture_default_str();
    command->add_option("--worker", flags->worker, "Program that decodes uploads; artdag-worker beside this one by default")->type_name("PROGRAM");
    command->callback([&invocation, flags] {
        invocation.run = [&invocation, flags]() -> Result<int> { return run(TRY(goodSettings(invocation)), *flags); };
    });
}

} // namespace artdag::server
