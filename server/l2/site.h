// SPDX-License-Identifier: GPL-3.0-or-later
// One instance: its name, data directory, database, secrets and limits. Everything a route works on besides the request.
#pragma once

#include "core/federation/actor_document.h"
#include "core/identity/keys.h"
#include "core/worker/worker_process.h"
#include "server/db/accounts.h"
#include "server/db/database.h"
#include "server/http/rate_limits.h"
#include "server/jobs/job_runner.h"
#include "server/l2/kept_answers.h"
#include "server/l2/object_files.h"
#include "server/l2/passwords.h"
#include "server/l2/tokens.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace artdag::server {

enum class Registration {
    Open,
    Approval,
    Closed
};

/// Whom to ask for times. All are hosts that the operator chose.
struct AnchorOptions {
    std::vector<std::string> calendars; ///< base URLs of OpenTimestamps calendars; none: roots are made and kept
    std::string headers;                ///< base URL of block headers, as fetchBlockHeader takes it; empty: never `confirmed`
    std::chrono::seconds patience{15};  ///< with one answer
};

/// Who may read /metrics.
struct MetricsOptions {
    bool forLoopback = true; ///< a program on this machine that asks without a proxy
    std::string token;       ///< a bearer token that opens it to others; empty: none does
};

class Metrics;   // server/http/metrics.h
struct Renderer; // the L1 role, when this server has it: server/l1/renderer.h

struct SiteOptions {
    std::filesystem::path directory;
    std::string domain;                 ///< of handles
    std::string publicUrl;              ///< without a final slash
    std::string secret;                 ///< for tokens; empty: made once and kept
    std::uint16_t port = 0;             ///< part of the name of the cookie: cookies know no ports
    std::vector<std::string> renderers; ///< base URLs of the L1 servers that people here may attach
    Registration registration = Registration::Approval;
    std::uint64_t uploadLimit = 500'000'000;
    std::uint64_t bodyLimit = 1U << 20;
    std::uint64_t memberQuota = 5'000'000'000; ///< bytes of all that a member uploaded
    std::int64_t worksPerDay = 50;             ///< that a member publishes
    std::int64_t transcodeMinutes = 60;        ///< of films of a member that are made into streams a day
    int fullDisk = 90;                         ///< percent: beyond, uploads stop
    std::vector<std::string> storageHosts;     ///< HOST or HOST:PORT of S3 and IPFS services that members may use
    bool allowLoopback = false;                ///< http and loopback addresses are open to federation: for trying and testing
    bool secureMode = false;                   ///< ActivityPub documents only for servers that sign their requests
    std::string database;                      ///< as Database::open takes it; empty: a file in the directory
    AnchorOptions anchors;
    RateRules rates;
    MetricsOptions metrics;
    bool compress = true;  ///< what is not secret and not compressed already
    std::int64_t hsts = 0; ///< s that browsers shall ask with TLS only; 0: nothing is said
    WorkerOptions worker;  ///< what looks at uploads: less than a renderer's may have
};

struct Federation; // server/l2/federation.h

struct Site {
    Site();
    ~Site();
    SiteOptions options;
    Instance instance;
    std::unique_ptr<Database> database;
    ObjectFiles objects;
    TokenRealm tokens;
    Throttle logins;                    ///< by account
    Throttle addresses{20};             ///< the same guesses by where they come from
    std::unique_ptr<RateLimits> limits; ///< of all requests
    std::unique_ptr<Metrics> metrics;
    KeptAnswers answers;                        ///< for strangers: answer_cache.h
    std::atomic<std::int64_t> silentProxyAt{0}; ///< µs when one was last noticed: proxy_watch.h
    Bytes sealing;                              ///< key of the secrets of storages
    std::unique_ptr<Federation> federation;     ///< its threads use what stands above
    std::mutex anchoring;                       ///< making, submitting and upgrading anchors: one at a time
    std::shared_ptr<Renderer> renderer;         ///< null without the role l1
    bool registry = true;                       ///< the role l2; without it L1 is at `/`
    std::unique_ptr<JobRunner> jobs;            ///< its threads use all the others, so it is last; empty until the server runs

    [[nodiscard]] std::filesystem::path uploads() const { return options.directory / "tmp"; }
    [[nodiscard]] std::filesystem::path pieces() const { return options.directory / "uploads"; } ///< of uploads that may go on after a restart
    [[nodiscard]] std::filesystem::path renditions(const ContentId& source) const { return options.directory / "renditions" / source.hex(); }
    [[nodiscard]] std::filesystem::path keyFile(const std::string& user) const { return options.directory / "keys" / (user + ".pem"); }
};

/// Opens or makes an instance in a directory: folders, database, secret. Conflict when works were published under another
/// domain; Denied when others can read a secret.
Result<std::unique_ptr<Site>> openSite(SiteOptions options);

/// `[a-z0-9_]{1,30}` and no reserved word; BadInput otherwise.
Result<void> checkUserName(std::string_view name);
/// `[a-z0-9][a-z0-9-]{0,62}` and no word of a route; BadInput otherwise.
Result<void> checkAssetName(std::string_view name);

} // namespace artdag::server
