// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/quotas.h"

#include "server/db/uploads.h"
#include "server/db/usage.h"
#include "server/l2/evict_renditions.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

constexpr std::int64_t secondsOfDay = 24LL * 3600;

std::string megabytes(std::uint64_t bytes)
{
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

} // namespace

std::optional<Response> diskRefusal(Site& site)
{
    std::error_code error;
    const auto space = std::filesystem::space(site.options.directory, error);
    if (error || space.capacity == 0)
        return {};
    const auto used = 100.0 * (1.0 - static_cast<double>(space.available) / static_cast<double>(space.capacity));
    if (used < site.options.fullDisk)
        return {};
    (void)planEviction(site); // when it cannot be queued now, it is at night
    return problem(507, fmt::format("This server's disk is {:.0f} % full, so it takes no uploads for now. What is published stays reachable. Please tell its owner.", used));
}

Result<std::uint64_t> roomLeft(Site& site, std::int64_t userId)
{
    const RoomTaken taken = TRY(roomTakenBy(*site.database, userId));
    const std::uint64_t quota = taken.quota < 0 ? site.options.memberQuota : static_cast<std::uint64_t>(taken.quota);
    const auto bytes = static_cast<std::uint64_t>(taken.bytes);
    return bytes < quota ? quota - bytes : 0;
}

Result<std::optional<Response>> uploadRefusal(Site& site, const Caller& caller, std::uint64_t size)
{
    if (auto full = diskRefusal(site))
        return full;
    const std::uint64_t room = TRY(roomLeft(site, caller.userId));
    if (size <= room)
        return std::optional<Response>();
    return std::optional(problem(413, "upload: " + megabytes(size) + " do not fit into what is left of this account's room, " + megabytes(room) + "; withdraw works you no longer need, or ask the owner of the server for more"));
}

Result<std::optional<Response>> publicationRefusal(Site& site, const Caller& caller)
{
    const std::int64_t now = nowMicroseconds();
    if (TRY(usageOf(*site.database, caller.userId, "works", dayOf(now))) < site.options.worksPerDay)
        return std::optional<Response>();
    const std::int64_t wait = secondsOfDay - now / 1'000'000 % secondsOfDay;
    return std::optional(problem(429, fmt::format("You published {} works today, as many as this server takes of one person. Go on after midnight UTC.", site.options.worksPerDay)).with("Retry-After", std::to_string(wait)));
}

Result<void> countPublication(Site& site, std::int64_t userId)
{
    return addUsage(*site.database, userId, "works", dayOf(nowMicroseconds()), 1);
}

} // namespace artdag::server
