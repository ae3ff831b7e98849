// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/site.h"

#include "core/base/files.h"
#include "server/db/log_leaves.h"
#include "server/db/works.h"
#include "server/http/metrics.h"
#include "server/l2/federation.h"
#include "server/l2/transport_keys.h"
#include "server/storage/sealed_secret.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace artdag::server {

namespace {

constexpr std::array reservedUsers{"admin", "administrator", "root", "moderator", "system", "inbox", "outbox", "actor", "instance", "artdag", "about", "api", "assets", "auth", "users", "media", "objects", "support", "security", "webmaster", "postmaster", "everyone", "nobody", "null"};
constexpr std::array reservedAssets{"prepare", "record-run", "publish-cache", "by-run-id"};

/// Ids and signatures carry the domain: after the first work it cannot change any more.
Result<void> checkDomain(Site& site)
{
    const std::string now = site.instance.domain + " " + site.instance.publicUrl;
    const std::string kept = TRY(settingOnce(*site.database, "domain", now));
    if (kept == now)
        return {};
    if (findActivity(*site.database, std::int64_t{1}))
        return fail(Fault::Conflict, "domain '" + site.instance.domain + "': works were published here as '" + kept + "', and their names cannot change; start with that domain");
    return setSetting(*site.database, "domain", now);
}

Result<void> makeDirectories(const SiteOptions& options)
{
    std::error_code error;
    for (const char* name : {"tmp", "keys", "secrets", "objects", "uploads", "renditions"})
        std::filesystem::create_directories(options.directory / name, error);
    for (const char* name : {"keys", "secrets", "tmp", "uploads"})
        std::filesystem::permissions(options.directory / name, std::filesystem::perms::owner_all, error);
    if (error)
        return fail(Fault::Denied, "directory '" + options.directory.string() + "': " + error.message());
    const auto longAgo = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto& left : std::filesystem::directory_iterator(options.directory / "tmp", error))
        if (left.last_write_time(error) < longAgo) // what a crash cut short; fresh ones may be another server's on these data
            std::filesystem::remove(left.path(), error);
    return {};
}

} // namespace

Site::Site() = default;
Site::~Site() = default;

Result<std::unique_ptr<Site>> openSite(SiteOptions options)
{
    TRY(makeDirectories(options));
    TRY(checkArePrivate(options.directory));
    auto site = std::make_unique<Site>();
    site->instance = {options.publicUrl, options.domain};
    site->objects = ObjectFiles(options.directory / "objects");
    site->database = TRY(Database::open(options.database.empty() ? (options.directory / "artdagd.sqlite").string() : options.database, options.directory));
    site->tokens = {options.publicUrl, "artdag-l2 " + options.publicUrl, TRY(tokenSecret(options.directory / "secrets" / "jwt_secret", options.secret))};
    site->sealing = TRY(sealingKey(options.directory / "secrets" / "storage_key"));
    site->options = std::move(options);
    const Bytes seed = secureRandom(8);
    site->limits = std::make_unique<RateLimits>(site->options.rates, std::accumulate(seed.begin(), seed.end(), std::uint64_t{0}, [](std::uint64_t sum, std::uint8_t byte) { return sum << 8 | byte; }));
    site->metrics = std::make_unique<Metrics>();
    TRY(checkDomain(*site));
    site->federation = TRY(openFederation(*site));
    TRY(beginSequence(*site->database));
    return site;
}

Result<void> checkUserName(std::string_view name)
{
    const bool good = !name.empty() && name.size() <= 30 && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    if (!good)
        return fail(Fault::BadInput, "user name: must be 1 to 30 of a–z, 0–9 and _");
    if (std::ranges::find(reservedUsers, name) != reservedUsers.end())
        return fail(Fault::BadInput, "user name '" + std::string(name) + "': this word is reserved");
    return {};
}

Result<void> checkAssetName(std::string_view name)
{
    const bool good = !name.empty() && name.size() <= 63 && name.front() != '-' && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (!good)
        return fail(Fault::BadInput, "asset name: must be 1 to 63 of a–z, 0–9 and -, and not begin with -");
    if (std::ranges::find(reservedAssets, name) != reservedAssets.end())
        return fail(Fault::BadInput, "asset name '" + std::string(name) + "': this word is reserved");
    return {};
}

} // namespace artdag::server
