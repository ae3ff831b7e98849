// SPDX-License-Identifier: GPL-3.0-or-later
// Evicting renders, in slices that hold the lock for 50 ms at most.
#include "core/store/disk_store.h"

#include <algorithm>
#include <chrono>

namespace artdag {

namespace {

using disk::FileLock;

constexpr auto longestSlice = std::chrono::milliseconds(30); // the index's commit comes on top
constexpr int candidatesOfSlice = 128;
constexpr std::int64_t keptPasses = 2;

} // namespace

Result<std::uint64_t> DiskStore::collect(std::uint64_t limitBytes)
{
    TRY(checkProcess());
    auto evicted = collectTo(limitBytes);
    if (!evicted && disk::isFull(evicted.error())) {
        dropBallast();
        evicted = collectTo(limitBytes);
    }
    keepBallast();
    return evicted;
}

Result<std::uint64_t> DiskStore::collectTo(std::uint64_t limitBytes)
{
    const std::int64_t pass = TRY(m_index->nextPass()); // writes the last uses too
    TRY(m_files.emptyTrash(pass - keptPasses));
    TRY(m_index->forgetTrash(pass - keptPasses));
    std::uint64_t evicted = 0;
    std::uint64_t used = TRY(m_index->used()).renders;
    bool ended = false;
    for (Candidate last; used > limitBytes && !ended;) {
        const std::uint64_t slice = TRY(collectSlice(used - limitBytes, pass, last, ended));
        evicted += slice;
        used -= std::min(used, slice);
    }
    return evicted;
}

/// Goes on after `last`; `ended` when there is nothing left to evict.
Result<std::uint64_t> DiskStore::collectSlice(std::uint64_t excess, std::int64_t pass, Candidate& last, bool& ended)
{
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Exclusive));
    const auto end = std::chrono::steady_clock::now() + longestSlice;
    const auto held = TRY(notesOfTheLiving(m_root)).held;
    const std::vector<Candidate> candidates = TRY(m_index->candidates(last, candidatesOfSlice));
    ended = candidates.size() < candidatesOfSlice;
    std::uint64_t evicted = 0;
    std::vector<ContentId> gone;
    for (const Candidate& candidate : candidates) {
        last = candidate;
        if (held.contains(candidate.id))
            continue;
        TRY(m_files.discard(candidate.id, pass));
        gone.push_back(candidate.id);
        evicted += candidate.size;
        if (evicted >= excess || std::chrono::steady_clock::now() >= end) {
            ended = false;
            break;
        }
    }
    if (gone.empty())
        return std::uint64_t{0};
    TRY(m_index->growTo(last.worth));
    TRY(forgetObjects(gone, pass, evicted));
    return evicted;
}

/// Files first, rows after: a crash between leaves rows without files, which are misses and evicted again. Lock: exclusive.
Result<void> DiskStore::forgetObjects(std::span<const ContentId> gone, std::int64_t pass, std::uint64_t bytes)
{
    for (const Digest& record : TRY(m_index->forget(gone, pass, bytes)))
        m_records.drop(record);
    return {};
}

} // namespace artdag
