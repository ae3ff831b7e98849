// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/examination.h"

#include "core/net/http_client.h"
#include "server/db/accounts.h"
#include "server/db/database.h"
#include "server/db/job_counts.h"
#include "server/db/migrations.h"
#include "server/l2/proxy_watch.h"
#include "server/l2/transport_keys.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>

namespace artdag::server {

namespace {

using State = Finding::State;
namespace fs = std::filesystem;

Finding lookAtDirectory(const fs::path& directory)
{
    std::error_code error;
    if (!fs::is_directory(directory, error))
        return {"directory", State::Bad, directory.string() + " is not there; `artdagd init` makes it"};
    for (const char* name : {"keys", "secrets", "objects", "tmp"})
        if (::access((directory / name).c_str(), R_OK | W_OK | X_OK) != 0)
            return {"directory", State::Bad, (directory / name).string() + " cannot be written by this user; is it the one that runs the server?"};
    return {"directory", State::Good, directory.string() + " can be written"};
}

Finding lookAtSecrets(const fs::path& directory)
{
    if (const auto held = checkArePrivate(directory); !held)
        return {"secrets", State::Bad, held.error().message};
    return {"secrets", State::Good, "keys and secrets can be read by their owner only"};
}

Finding lookAtDisk(const fs::path& directory)
{
    std::error_code error;
    const fs::space_info space = fs::space(directory, error);
    if (error)
        return {"disk", State::Bad, "it cannot be measured: " + error.message()};
    const double part = static_cast<double>(space.available) / static_cast<double>(space.capacity);
    const std::string words = fmt::format("{} MB free ({:.0f} %)", space.available / 1'000'000, part * 100);
    if (space.available < 200'000'000)
        return {"disk", State::Bad, words + "; the database may fail to write at any moment: make room"};
    if (part < 0.1)
        return {"disk", State::Doubtful, words + "; uploads stop below 10 %: make room"};
    return {"disk", State::Good, words};
}

Finding lookAtSchema(Database& database)
{
    const auto newest = static_cast<std::int64_t>(migrations().size());
    auto lease = database.lease();
    const auto version = lease ? lease->link().schemaVersion() : tl::unexpected<Error>(lease.error());
    if (!version)
        return {"database", State::Bad, version.error().message};
    if (*version > newest)
        return {"database", State::Bad, fmt::format("schema {} was made by a newer artdagd; this one knows {}: install the newer one", *version, newest)};
    if (*version < newest)
        return {"database", State::Doubtful, fmt::format("schema {} of {}; it is upgraded, after a backup, at the next start", *version, newest)};
    return {"database", State::Good, fmt::format("answers, schema {}", *version)};
}

Finding lookAtJobs(Database& database)
{
    const auto counts = countJobs(database, nowMicroseconds());
    if (!counts)
        return {"jobs", State::Doubtful, "cannot be counted: " + counts.error().message};
    const std::string words = fmt::format("{} wait, {} of them for more than an hour after their time; {} were given up", counts->waiting, counts->late, counts->failed);
    if (counts->late != 0)
        return {"jobs", State::Bad, words + "; is the server running?"};
    if (counts->failed != 0)
        return {"jobs", State::Doubtful, words + (counts->lastError.empty() ? "" : ", the last because: " + counts->lastError)};
    return {"jobs", State::Good, words};
}

/// What the server noticed about a proxy within the last day; nothing where it noticed nothing.
void lookAtProxy(Database& database, std::vector<Finding>& findings)
{
    const auto kept = keptSetting(database, silentProxySetting);
    if (!kept || kept->empty())
        return;
    const auto blank = std::min(kept->find(' '), kept->size());
    const std::string when = kept->substr(0, blank);
    if (when < isoTime(nowMicroseconds() - silentProxyLasts)) // these times sort as texts
        return;
    findings.push_back({"proxy", State::Doubtful, fmt::format("at {} {} asked for others without saying for whom; let it send X-Forwarded-For, or take it out of TRUSTED_PROXIES: until then nobody is limited, and the log has no addresses", when, kept->substr(std::min(blank + 1, kept->size())))});
}

Finding lookAtWorker(const fs::path& worker)
{
    if (::access(worker.c_str(), X_OK) != 0)
        return {"worker", State::Bad, worker.string() + " is not there; without it every upload of media fails"};
    return {"worker", State::Good, worker.string()};
}

void lookFromOutside(const std::string& publicUrl, std::vector<Finding>& findings)
{
    HttpRequest request;
    request.url = publicUrl + "/healthz";
    request.totalTime = std::chrono::seconds(15);
    const auto answer = openHttpClient()->send(request);
    if (!answer) {
        findings.push_back({"address", State::Bad, publicUrl + " does not answer: " + answer.error().message + "; is the server running, and does the proxy lead to it?"});
        return;
    }
    if (answer->ok())
        findings.push_back({"address", State::Good, publicUrl + " answers"});
    else
        findings.push_back({"address", State::Bad, fmt::format("{} answers {} instead of 200; does the proxy lead to this server?", request.url, answer->status)});
    const std::int64_t ahead = secondsAhead(std::string(answer->header("date")), nowMicroseconds() / 1'000'000);
    if (std::abs(ahead) > 30)
        findings.push_back({"clock", State::Bad, fmt::format("differs by {} s from what {} says; other servers refuse signatures from another time: set it (timedatectl set-ntp true)", ahead, publicUrl)});
}

} // namespace

std::int64_t secondsAhead(const std::string& date, std::int64_t now)
{
    std::tm parts{};
    const char* end = ::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return end == nullptr || *end != '\0' ? 0 : now - static_cast<std::int64_t>(::timegm(&parts));
}

std::vector<Finding> examine(const Examined& server)
{
    constexpr std::int64_t thisProgramWasWritten = 1'785'000'000; // no clock that is right shows less
    std::vector<Finding> findings{lookAtDirectory(server.directory)};
    if (findings.front().state == State::Good) {
        findings.push_back(lookAtSecrets(server.directory));
        findings.push_back(lookAtDisk(server.directory));
    }
    std::error_code ignored;
    const std::string file = server.databaseUrl.starts_with("sqlite:") ? server.databaseUrl.substr(7) : server.databaseUrl;
    if (!isPostgresUrl(server.databaseUrl) && !fs::exists(file, ignored)) {
        findings.push_back({"database", State::Bad, file + " is not there; `artdagd init` makes it"});
    } else {
        const auto database = Database::attach(server.databaseUrl);
        findings.push_back(lookAtSchema(*database));
        if (findings.back().state == State::Good) {
            findings.push_back(lookAtJobs(*database));
            lookAtProxy(*database, findings);
        }
    }
    findings.push_back(lookAtWorker(server.worker));
    if (nowMicroseconds() / 1'000'000 < thisProgramWasWritten)
        findings.push_back({"clock", State::Bad, "it shows " + isoTime(nowMicroseconds()) + ", which is past: set it (timedatectl set-ntp true)"});
    if (!server.publicUrl.empty())
        lookFromOutside(server.publicUrl, findings);
    return findings;
}

} // namespace artdag::server
