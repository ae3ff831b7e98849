// SPDX-License-Identifier: GPL-3.0-or-later
// Room on the disk: the store's limit, and the ballast that is let go when the disk itself is full.
#include "core/store/disk_store.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace artdag {

namespace {

using disk::FileLock;

constexpr const char* limitFile = "limit.json";

std::uint64_t less(std::uint64_t from, std::uint64_t what)
{
    return from > what ? from - what : 0;
}

} // namespace

Result<std::uint64_t> readDiskLimit(const std::filesystem::path& root)
{
    const auto text = readTextFile(root / limitFile, 4096);
    if (!text)
        return text.error().fault == Fault::NotFound ? Result<std::uint64_t>(0) : tl::unexpected<Error>(text.error());
    const auto json = readJson(*text);
    if (!json || !json->is_object() || !json->contains("disk_bytes") || !(*json)["disk_bytes"].is_number_unsigned())
        return fail(Fault::Corrupt, "store: limit.json is not what it should be; set the limit again with 'artdag store limit'");
    return (*json)["disk_bytes"].get<std::uint64_t>();
}

Result<void> DiskStore::setDiskLimit(std::uint64_t bytes)
{
    TRY(checkProcess());
    TRY(writeFileAtomically(m_root / limitFile, bytesOf(Json{{"disk_bytes", bytes}}.dump() + "\n")));
    m_diskLimit = bytes;
    return {};
}

/// Never lets objects, trash and promises together go over the limit. At the limit renders go down to nine tenths of it, by
/// as many collections as it takes to empty the trash.
Result<DiskStore::Promise> DiskStore::promise(std::uint64_t bytes)
{
    const std::uint64_t limit = m_diskLimit;
    if (limit == 0)
        return Promise();
    for (int attempt = 0; attempt < 4; ++attempt) {
        Index::Used used;
        std::uint64_t promised = 0;
        {
            const auto lock = TRY(FileLock::take(m_root / "reserve.lock", FileLock::Kind::Exclusive));
            promised = TRY(notesOfTheLiving(m_root)).reserved; // before the totals: what is done between counts twice, not never
            used = TRY(m_index->used());
            if (used.assets + used.renders + used.trash + promised + bytes <= limit) {
                TRY(m_lease->reserve(bytes));
                return Promise(m_lease, bytes);
            }
        }
        const std::uint64_t lowWater = limit - limit / 10;
        TRY(collect(std::min(used.renders, less(lowWater, used.assets + promised + bytes))));
    }
    return fail(Fault::Unavailable, "store: its limit of " + std::to_string(limit) + " bytes is taken up by assets and by renders that are pinned or in use; unpin or discard some, or raise it with 'artdag store limit'");
}

void DiskStore::keepBallast()
{
    struct statvfs facts {};
    if (m_limits.ballastBytes == 0 || ::statvfs(m_root.c_str(), &facts) != 0 || std::uint64_t{facts.f_bavail} * facts.f_frsize < 8 * m_limits.ballastBytes)
        return;
    const auto path = m_root / "ballast";
    const disk::Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() >= 0 && ::fallocate(file.get(), 0, 0, static_cast<off_t>(m_limits.ballastBytes)) != 0)
        ::unlink(path.c_str()); // a disk that can promise nothing has no ballast to give
}

void DiskStore::dropBallast()
{
    ::unlink((m_root / "ballast").c_str());
}

/// Three collections: what the first evicts is off the disk with the last.
void DiskStore::makeRoom(std::uint64_t bytes)
{
    dropBallast();
    const auto used = m_index->used();
    const std::uint64_t renders = used ? used->renders : 0;
    const std::uint64_t limit = less(renders, std::max(2 * bytes, renders / 10));
    for (int pass = 0; pass < 3; ++pass)
        (void)collectTo(limit);
}

} // namespace artdag
