// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/evict_renditions.h"

#include "server/db/jobs.h"
#include "server/db/renditions.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

namespace artdag::server {

namespace {

/// A folder or a file.
struct Removable {
    std::filesystem::path path;
    std::int64_t usedAt = 0; ///< s
};

std::uint64_t sizeOf(const std::filesystem::path& path, const struct stat& facts)
{
    if (S_ISREG(facts.st_mode))
        return static_cast<std::uint64_t>(facts.st_size);
    std::uint64_t bytes = 0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code gone;
        const auto size = entry->is_regular_file(gone) ? entry->file_size(gone) : 0;
        bytes += gone ? 0 : size;
    }
    return bytes;
}

Result<std::vector<Removable>> removables(Site& site)
{
    std::vector<Removable> all;
    for (const MadeFile& made : TRY(filesThatCanBeMadeAgain(*site.database))) {
        std::filesystem::path path = made.object ? site.objects.path(*made.object) : site.renditions(made.source);
        struct stat facts {};
        if (::lstat(path.c_str(), &facts) == 0 && site.objects.has(made.source))
            all.push_back({std::move(path), facts.st_mtim.tv_sec});
    }
    std::ranges::sort(all, {}, &Removable::usedAt);
    return all;
}

} // namespace

void noteUse(const std::filesystem::path& path)
{
    constexpr std::int64_t hour = 3600;
    struct stat facts {};
    if (::lstat(path.c_str(), &facts) == 0 && facts.st_mtim.tv_sec < nowMicroseconds() / 1'000'000 - hour)
        (void)::utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW); // as old as before at worst
}

std::uint64_t bytesOverLimit(const Site& site)
{
    std::error_code error;
    const auto space = std::filesystem::space(site.options.directory, error);
    if (error)
        return 0;
    const std::uint64_t percent = space.capacity / 100;
    const std::uint64_t limit = percent * static_cast<std::uint64_t>(std::max(1, site.options.fullDisk));
    const std::uint64_t used = space.capacity - std::min(space.available, space.capacity);
    return used < limit ? 0 : used - limit + percent;
}

Result<std::uint64_t> evictRenditions(Site& site, std::uint64_t bytes)
{
    std::uint64_t gone = 0;
    for (const Removable& one : TRY(removables(site))) {
        if (gone >= bytes)
            break;
        struct stat facts {};
        if (::lstat(one.path.c_str(), &facts) != 0)
            continue;
        const std::uint64_t size = sizeOf(one.path, facts);
        std::error_code error;
        std::filesystem::remove_all(one.path, error);
        gone += error ? 0 : size;
    }
    return gone;
}

Result<void> planEviction(Site& site)
{
    return bytesOverLimit(site) == 0 ? Result<void>() : addJob(*site.database, "evict-renditions", "", Json::object(), nowMicroseconds());
}

std::pair<std::string, JobKind> evictionJob(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job&, const std::atomic<bool>&) -> Result<void> {
        TRY(evictRenditions(site, bytesOverLimit(site)));
        return {};
    };
    return {"evict-renditions", std::move(kind)};
}

} // namespace artdag::server
