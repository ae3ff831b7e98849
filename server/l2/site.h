// SPDX-License-Identifier: GPL-3.0-or-later
// One instance: its name, data directory, database, secrets and limits. Everything a route works on besides the request.
#pragma once

#include "core/federation/actor_document.h"
#include "core/identity/keys.h"
#include "core/worker/worker_process.h"
#include "server/db/accounts.h"
#include "server/db/database.h"
#include "server/l2/object_files.h"
#include "server/l2/passwords.h"
#include "server/l2/tokens.h"

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

struct SiteOptions {
    std::filesystem::path directory;
    std::string domain;    ///< of handles
    std::string publicUrl; ///< without a final slash
    std::string secret;    ///< for tokens; empty: made once and kept
    Registration registration = Registration::Approval;
    std::uint64_t uploadLimit = 500'000'000;
    std::uint64_t bodyLimit = 1U << 20;
    std::uint64_t memberQuota = 5'000'000'000; ///< bytes of one account, unless it has its own
    bool allowLoopback = false;                ///< http and loopback addresses are open to federation: for trying and testing
    std::vector<std::string> storageHosts;     ///< HOST or HOST:PORT of S3 and IPFS services that members may use
    WorkerOptions worker;                      ///< what looks at uploads: less than a renderer's may have
};

struct Site {
    SiteOptions options;
    Instance instance;
    std::unique_ptr<Database> database;
    ObjectFiles objects;
    TokenRealm tokens;
    Throttle logins;
    Bytes sealing;         ///< key of the secrets of storages
    std::mutex publishing; ///< look for the same content, then write: one at a time

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
