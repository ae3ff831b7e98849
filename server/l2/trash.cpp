// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/trash.h"

#include "server/db/renditions.h"
#include "server/db/work_changes.h"

#include <algorithm>
#include <iterator>

namespace artdag::server {

namespace {

constexpr const char* trashKind = "trash";

} // namespace

Result<void> trashLater(Site& site, const Work& work, std::int64_t now)
{
    return addJob(*site.database, trashKind, std::to_string(work.id), Json{{"work", work.id}}, now + trashAfter);
}

Result<void> emptyTrash(Site& site, std::int64_t workId)
{
    const auto turn = TRY(site.database->turn("publish")); // nobody may begin to cite these bytes meanwhile
    const Work work = TRY(findWork(*site.database, workId));
    if (work.isLiving())
        return {};
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    std::vector<ContentId> gone = TRY(forgetObjectsOf(lease, work));
    for (std::size_t i = 0, sources = gone.size(); i < sources; ++i)
        std::ranges::copy(TRY(forgetRenditions(lease, gone[i])), std::back_inserter(gone));
    TRY(transaction.commit());
    removeFiles(site, gone); // after the commit: a crash between leaves a file too many, never one too few
    return {};
}

void removeFiles(const Site& site, std::span<const ContentId> objects)
{
    std::error_code ignored;
    for (const ContentId& id : objects) {
        std::filesystem::remove(site.objects.path(id), ignored);
        std::filesystem::remove_all(site.renditions(id), ignored);
    }
}

std::pair<std::string, JobKind> trashJob(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job& job, const std::atomic<bool>&) { return emptyTrash(site, job.payload.value("work", std::int64_t{0})); };
    return {trashKind, std::move(kind)};
}

} // namespace artdag::server
