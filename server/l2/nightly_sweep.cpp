// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/nightly_sweep.h"

#include "server/db/sweep.h"
#include "server/l2/evict_renditions.h"

#include <sys/stat.h>

#include <system_error>
#include <vector>

namespace artdag::server {

namespace {

constexpr std::int64_t second = 1'000'000, day = 86'400 * second, atNight = 3 * 3600 * second;

std::int64_t sweepFiles(const std::filesystem::path& directory, std::int64_t before)
{
    std::vector<std::filesystem::path> old;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
        struct stat facts {};
        if (::lstat(entry->path().c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_mtim.tv_sec * second < before)
            old.push_back(entry->path());
    }
    std::int64_t count = 0;
    for (const std::filesystem::path& file : old)
        count += std::filesystem::remove(file, error) ? 1 : 0;
    return count;
}

} // namespace

std::pair<std::string, JobKind> nightlySweepJob(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job&, const std::atomic<bool>&) -> Result<void> {
        const std::int64_t now = nowMicroseconds();
        TRY(planNightlySweep(site, now));
        TRY(sweep(*site.database, site.uploads(), now));
        return planEviction(site);
    };
    return {"nightly-sweep", std::move(kind)};
}

Result<void> planNightlySweep(Site& site, std::int64_t now)
{
    std::int64_t next = now - now % day + atNight;
    if (next <= now)
        next += day;
    return addJob(*site.database, "nightly-sweep", isoTime(next).substr(0, 10), Json::object(), next);
}

Result<std::int64_t> sweep(Database& database, const std::filesystem::path& uploads, std::int64_t now)
{
    const std::int64_t rows = TRY(sweepExpired(database, now));
    return rows + sweepFiles(uploads, now - day);
}

} // namespace artdag::server
