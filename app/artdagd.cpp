// SPDX-License-Identifier: GPL-3.0-or-later
// artdagd: the headless server. Reads its options, opens the instance, serves until it is asked to stop.
#include "server/db/accounts.h"
#include "server/http/serve.h"
#include "server/l2/application.h"
#include "server/l2/job_kinds.h"
#include "server/l2/site.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace artdag;
using namespace artdag::server;

struct Options {
    std::string directory;
    std::string domain;
    std::string publicUrl;
    std::string host;
    std::string secret;
    std::string registration;
    std::vector<std::string> roles{"l1", "l2"};
    int port = 8200;
    int threads = 2;
    bool allowLoopback = false;
    std::uint64_t uploadLimit = 500'000'000;
    std::uint64_t memberQuota = 5'000'000'000;
    std::vector<std::string> storageHosts;
    std::string worker;
    std::string user;
};

int exitCodeOf(const Error& error)
{
    fmt::print(stderr, "artdagd: {}\n", error.message);
    switch (error.fault) {
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

std::string defaultDirectory()
{
    const char* home = std::getenv("HOME");
    return std::string(home != nullptr ? home : ".") + "/.artdag/l2";
}

Result<Registration> registrationOf(const Options& options)
{
    if (options.registration.empty())
        return options.allowLoopback ? Registration::Open : Registration::Approval;
    if (options.registration == "open")
        return Registration::Open;
    if (options.registration == "approval")
        return Registration::Approval;
    if (options.registration == "closed")
        return Registration::Closed;
    return fail(Fault::BadInput, "registration '" + options.registration + "': must be open, approval or closed");
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

Result<SiteOptions> siteOptions(const Options& options, std::uint16_t port)
{
    SiteOptions site;
    site.directory = options.directory;
    site.domain = options.domain.empty() ? "127.0.0.1:" + std::to_string(port) : options.domain;
    site.publicUrl = options.publicUrl.empty() ? (options.allowLoopback || options.domain.empty() ? "http://" : "https://") + site.domain : options.publicUrl;
    while (site.publicUrl.ends_with('/'))
        site.publicUrl.pop_back();
    site.secret = options.secret;
    site.registration = TRY(registrationOf(options));
    site.uploadLimit = options.uploadLimit;
    site.memberQuota = options.memberQuota;
    site.allowLoopback = options.allowLoopback;
    site.storageHosts = options.storageHosts;
    site.worker = TRY(uploadWorker(options.worker));
    return site;
}

/// A free port of this machine: known before the instance is opened, because its name may contain it.
Result<ServeOptions> serveOptions(const Options& options)
{
    ServeOptions serve;
    serve.address = !options.host.empty() ? options.host : options.allowLoopback || options.domain.empty() ? "127.0.0.1"
                                                                                                           : "0.0.0.0";
    if (options.allowLoopback && !serve.address.starts_with("127.") && serve.address != "::1")
        return fail(Fault::BadInput, "--allow-loopback: it opens http and loopback to federation, so the server may only listen on 127.0.0.1, not on " + serve.address);
    serve.port = static_cast<std::uint16_t>(options.port);
    serve.threads = options.threads;
    serve.uploads = std::filesystem::path(options.directory) / "tmp";
    return serve;
}

Result<void> run(const Options& options)
{
    for (const std::string& role : options.roles)
        if (role != "l1" && role != "l2")
            return fail(Fault::BadInput, "role '" + role + "': must be l1 or l2");
    const ServeOptions serveWith = TRY(serveOptions(options));
    std::unique_ptr<Site> site;
    std::unique_ptr<JobRunner> jobs; // ends before the site that it works on
    Application application;
    // The socket comes first: with port 0 the domain is only known once it is bound. Nothing is answered before `opened`.
    Result<void> opened;
    const auto served = serve(serveWith, application, [&](std::uint16_t port) -> bool {
        opened = [&]() -> Result<void> {
            site = TRY(openSite(TRY(siteOptions(options, port))));
            application = makeApplication(*site);
            TRY(planRepeatingJobs(*site));
            jobs = std::make_unique<JobRunner>(*site->database, jobKinds(*site), 2);
            return {};
        }();
        if (!opened)
            return false;
        fmt::print("listening on http://{}:{}\n", serveWith.address, port);
        fmt::print("  {} · data in {} · roles {}\n", site->instance.publicUrl, options.directory, fmt::join(options.roles, ","));
        std::fflush(stdout);
        return true;
    });
    TRY(std::move(opened));
    return served;
}

Result<void> approve(const Options& options)
{
    auto database = TRY(Database::open(std::filesystem::path(options.directory) / "artdagd.sqlite"));
    TRY(setUserState(*database, options.user, "active"));
    fmt::print("{} may log in now\n", options.user);
    return {};
}

Result<void> listPending(const Options& options)
{
    auto database = TRY(Database::open(std::filesystem::path(options.directory) / "artdagd.sqlite"));
    for (const User& user : TRY(listUsers(*database, "pending", 1000)))
        fmt::print("{}  since {}\n", user.name, isoTime(user.createdAt));
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    options.directory = defaultDirectory();
    CLI::App app{"artdagd: the headless Art DAG server. It keeps published works with their provenance, shows them to people and\n"
                 "to the fediverse, and checks every signature and content id itself.\n\n"
                 "Try it on this machine, with nothing prepared:\n"
                 "  artdagd serve --data /tmp/artdag --port 8200 --domain 127.0.0.1:8200 --allow-loopback\n"
                 "  artdag login http://127.0.0.1:8200 --register\n\n"
                 "In public, behind a proxy that speaks TLS:\n"
                 "  artdagd serve --data /var/lib/artdag --port 8200 --domain artdag.example --host 127.0.0.1\n"};
    app.set_version_flag("--version", "artdagd " ARTDAG_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 stopped as asked, 2 usage, 3 not found, 4 unavailable (port taken), 6 corrupt, 7 denied, 8 conflict.");

    auto* serveCommand = app.add_subcommand("serve", "Serve until SIGTERM or Ctrl-C");
    serveCommand->add_option("--data", options.directory, "Directory of database, keys, secrets and media; made when it is missing")->envname("ARTDAG_DATA")->capture_default_str();
    serveCommand->add_option("--port", options.port, "Port to listen on; 0 takes a free one and says which")->envname("PORT")->check(CLI::Range(0, 65535))->capture_default_str();
    serveCommand->add_option("--host", options.host, "Address to listen on; 127.0.0.1 with --allow-loopback or without a domain, else 0.0.0.0")->envname("HOST");
    serveCommand->add_option("--domain", options.domain, "Domain of handles and URLs, HOST or HOST:PORT; cannot change after the first work")->envname("ARTDAG_DOMAIN");
    serveCommand->add_option("--public-url", options.publicUrl, "Base of all URLs; https://DOMAIN, or http with --allow-loopback")->envname("PUBLIC_URL");
    serveCommand->add_option("--role", options.roles, "l1 (rendering), l2 (registry and federation) or both")->delimiter(',')->capture_default_str();
    serveCommand->add_option("--registration", options.registration, "open, approval or closed; approval by default, open with --allow-loopback. The first account is the owner's, at once")->envname("REGISTRATION");
    serveCommand->add_option("--max-upload", options.uploadLimit, "Longest file in bytes")->capture_default_str();
    serveCommand->add_option("--quota", options.memberQuota, "Bytes that an account may bring, unless it has a quota of its own")->envname("ARTDAG_MEMBER_QUOTA")->capture_default_str();
    serveCommand->add_option("--storage-host", options.storageHosts, "HOST or HOST:PORT of an S3 or IPFS service that members may keep copies at; may be given again")->delimiter(',')->envname("ARTDAG_STORAGE_HOSTS");
    serveCommand->add_option("--worker", options.worker, "Program that decodes uploads; artdag-worker beside this one by default")->type_name("PROGRAM");
    serveCommand->add_option("--threads", options.threads, "Threads for connections")->check(CLI::Range(1, 64))->capture_default_str();
    serveCommand->add_flag("--allow-loopback", options.allowLoopback, "For trying and testing: http, loopback addresses and open registration; listens on 127.0.0.1 only");
    serveCommand->add_option("--jwt-secret", options.secret, "Secret of tokens, at least 32 random characters; made and kept when not given (prefer the environment)")->envname("JWT_SECRET");

    auto* users = app.add_subcommand("users", "Accounts that wait for approval");
    users->require_subcommand(1);
    auto* approveCommand = users->add_subcommand("approve", "Let an account in");
    auto* pendingCommand = users->add_subcommand("pending", "List the accounts that wait");
    for (auto* command : {approveCommand, pendingCommand})
        command->add_option("--data", options.directory, "The server's data directory")->envname("ARTDAG_DATA")->capture_default_str();
    approveCommand->add_option("name", options.user, "User name")->required();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    const auto result = *approveCommand ? approve(options) : *pendingCommand ? listPending(options)
                                                                             : run(options);
    return result ? 0 : exitCodeOf(result.error());
}
