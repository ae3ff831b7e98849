// SPDX-License-Identifier: GPL-3.0-or-later
// Collecting renders and checking everything.
#include "core/store/disk_store.h"

#include <algorithm>
#include <chrono>
#include <span>

namespace artdag {

namespace {

using disk::FileLock;

constexpr auto longestSlice = std::chrono::milliseconds(50);
constexpr std::int64_t keptPasses = 2;

} // namespace

Result<std::uint64_t> DiskStore::collect(std::uint64_t limitBytes)
{
    TRY(checkProcess());
    const std::int64_t pass = TRY(m_index->nextPass()); // writes the last uses too
    TRY(m_files.emptyTrash(pass - keptPasses));
    std::uint64_t evicted = 0;
    for (std::uint64_t used = TRY(m_index->renderBytes()); used > limitBytes;) {
        const std::uint64_t slice = TRY(collectSlice(used - limitBytes, pass));
        if (slice == 0)
            break; // all that is left is pinned
        evicted += slice;
        used -= std::min(used, slice);
    }
    return evicted;
}

/// Files first, rows after: a crash between leaves rows without files, which are misses and evicted again.
Result<std::uint64_t> DiskStore::collectSlice(std::uint64_t excess, std::int64_t pass)
{
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Exclusive));
    const auto end = std::chrono::steady_clock::now() + longestSlice;
    std::uint64_t evicted = 0;
    std::vector<ContentId> gone;
    for (const ObjectRow& row : TRY(m_index->oldestRenders(256))) {
        TRY(m_files.discard(row.id, pass));
        gone.push_back(row.id);
        evicted += std::max<std::uint64_t>(row.size, 1); // so that empty objects are progress
        if (evicted >= excess || std::chrono::steady_clock::now() >= end)
            break;
    }
    TRY(m_index->forget(gone));
    return evicted;
}

Result<std::vector<ContentId>> DiskStore::check()
{
    TRY(checkProcess());
    std::vector<ContentId> wrong;
    m_files.doubt();
    TRY(checkObjects(wrong));
    TRY(checkRows(wrong));
    TRY(checkLinks(wrong));
    std::ranges::sort(wrong);
    wrong.erase(std::unique(wrong.begin(), wrong.end()), wrong.end()); // clang 14 cannot compile ranges::unique of GCC 12
    return wrong;
}

Result<void> DiskStore::checkObjects(std::vector<ContentId>& wrong)
{
    return m_files.each([&](const ContentId& id) -> Result<void> {
        const auto opened = m_files.openVerified(id);
        if (!opened) {
            if (opened.error().fault == Fault::Unavailable)
                return tl::unexpected<Error>(opened.error());
            if (opened.error().fault != Fault::NotFound && TRY(quarantine(id)))
                wrong.push_back(id);
            return {};
        }
        if (TRY(m_index->object(id)))
            return {};
        // A crash came between the rename and the row: the object is whole, so it is taken in.
        const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared));
        if (m_files.sizeOf(id))
            TRY(m_index->record({id, opened->mark.size, m_files.classOf(id), std::nullopt}));
        return {};
    });
}

Result<void> DiskStore::checkRows(std::vector<ContentId>& wrong)
{
    for (const ContentId& id : TRY(m_index->objects())) {
        if (m_files.sizeOf(id))
            continue;
        const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Exclusive));
        const auto row = TRY(m_index->object(id));
        if (!row || m_files.sizeOf(id))
            continue; // it came or went meanwhile
        TRY(m_index->forget(std::span(&id, 1)));
        if (row->kind == ObjectClass::Asset && !believedLink(id))
            wrong.push_back(id);
    }
    return {};
}

Result<void> DiskStore::checkLinks(std::vector<ContentId>& wrong)
{
    for (const FileRow& link : TRY(m_index->linksOf({})))
        if (!m_files.sizeOf(link.id) && !openAnyLink(link.id))
            wrong.push_back(link.id);
    return {};
}

} // namespace artdag
