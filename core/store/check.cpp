// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and hashing what is there, all of it or a part at a time.
#include "core/store/disk_store.h"

#include <algorithm>

namespace artdag {

namespace {

using disk::FileLock;

constexpr int parts = 256;

} // namespace

Result<std::vector<ContentId>> DiskStore::check()
{
    TRY(checkProcess());
    std::vector<ContentId> wrong;
    TRY(m_files.each([&](const ContentId& id) -> Result<void> {
        TRY(checkObject(id, wrong));
        return {};
    }));
    TRY(checkRows(wrong));
    TRY(checkLinks(wrong));
    std::ranges::sort(wrong);
    wrong.erase(std::unique(wrong.begin(), wrong.end()), wrong.end()); // clang 14 cannot compile ranges::unique of GCC 12
    return wrong;
}

Result<std::vector<ContentId>> DiskStore::scrub(std::uint64_t bytes)
{
    TRY(checkProcess());
    std::vector<ContentId> wrong;
    std::int64_t part = TRY(m_index->counter("scrub"));
    std::uint64_t read = 0;
    for (int done = 0; done < parts && (done == 0 || read < bytes); ++done, part = (part + 1) % parts)
        for (const ContentId& id : TRY(m_files.inPart(static_cast<int>(part % parts))))
            read += TRY(checkObject(id, wrong));
    TRY(m_index->setCounter("scrub", part));
    return wrong;
}

/// The bytes read.
Result<std::uint64_t> DiskStore::checkObject(const ContentId& id, std::vector<ContentId>& wrong)
{
    const auto digests = m_files.hash(id);
    if (!digests) {
        if (digests.error().fault == Fault::Unavailable)
            return tl::unexpected<Error>(digests.error());
        if (digests.error().fault != Fault::NotFound && TRY(quarantine(id)))
            wrong.push_back(id);
        return std::uint64_t{0};
    }
    const auto row = TRY(m_index->object(id));
    if (row && row->sums == digests->sums && row->sha256 && row->size == digests->bytes)
        return digests->bytes;
    // After a crash between the rename and the row the object is whole, so it is taken in; an index made anew lacks sums.
    const auto lock = TRY(FileLock::take(lockFile(), FileLock::Kind::Shared));
    const ObjectRow now{id, digests->bytes, row ? row->kind : m_files.classOf(id), digests->sha256, digests->sums};
    if (m_files.sizeOf(id))
        TRY(m_index->record(std::span(&now, 1)));
    return digests->bytes;
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
        TRY(forgetObjects(std::span(&id, 1), 0, 0));
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
