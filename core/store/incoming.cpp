// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/objects.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <future>

namespace artdag {

/// The name takes longest, so the others of a long file are made beside it, by a second reading that finds the pages there.
Result<FileDigests> digestsOf(const disk::Descriptor& file, const std::stop_token& stop)
{
    constexpr std::uint64_t longFile = std::uint64_t{4} << 20;
    Hasher hasher;
    Hasher hasher256(Hasher::Algorithm::Sha256);
    BlockSums summer;
    FileDigests digests;
    const auto goOn = [&]() -> Result<void> { return stop.stop_requested() ? Result<void>(fail(Fault::Cancelled, "store: the reading of a file was cancelled")) : Result<void>(); };
    const bool isLong = TRY(disk::markOfOpen(file)).size > longFile;
    auto others = std::async(isLong ? std::launch::async : std::launch::deferred, [&] {
        return disk::eachBlock(file, [&](ByteView block) {
            hasher256.add(block);
            summer.add(block);
            return goOn();
        });
    });
    TRY(disk::eachBlock(file, [&](ByteView block) {
        hasher.add(block);
        digests.bytes += block.size();
        return goOn();
    }));
    TRY(others.get());
    digests.id = ContentId{hasher.finish()};
    digests.sha256 = hasher256.finish();
    digests.sums = summer.finish();
    return digests;
}

Result<IncomingFile> IncomingFile::make(const std::filesystem::path& root, const std::string& lease, std::uint64_t size)
{
    const auto path = root / "tmp" / (lease + hexOf(secureRandom(8)));
    disk::Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0)
        return disk::failed("making a file", errno);
    IncomingFile incoming(path, std::move(file));
    if (size > 0 && ::fallocate(incoming.m_file.get(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)) != 0
        && errno != EOPNOTSUPP && errno != ENOSYS && errno != EINTR)
        return disk::failed("reserving space", errno);
    incoming.m_reserved = size;
    return incoming;
}

IncomingFile::IncomingFile(IncomingFile&& other) noexcept
    : m_path(std::exchange(other.m_path, {})),
      m_file(std::move(other.m_file)),
      m_hasher(std::move(other.m_hasher)),
      m_hasher256(std::move(other.m_hasher256)),
      m_summer(std::move(other.m_summer)),
      m_id(other.m_id),
      m_sha256(other.m_sha256),
      m_blockSums(std::move(other.m_blockSums)),
      m_size(other.m_size),
      m_reserved(other.m_reserved),
      m_pushed(other.m_pushed)
{
}

IncomingFile::~IncomingFile()
{
    if (!m_path.empty())
        ::unlink(m_path.c_str()); // ENOENT when it was renamed into place
}

Result<void> IncomingFile::add(ByteView bytes)
{
    constexpr std::size_t blockSize = 1U << 18; // hashed while it is still in the cache
    while (!bytes.empty()) {
        const ByteView block = bytes.first(std::min(blockSize, bytes.size()));
        m_hasher.add(block);
        m_hasher256.add(block);
        m_summer.add(block);
        TRY(disk::writeAll(m_file, block));
        m_size += block.size();
        bytes = bytes.subspan(block.size());
    }
    constexpr std::uint64_t pushed = std::uint64_t{8} << 20; // the disk writes while the rest is made, and finish waits less
    if (m_size - m_pushed >= pushed) {
        (void)::sync_file_range(m_file.get(), static_cast<off_t>(m_pushed), static_cast<off_t>(m_size - m_pushed), SYNC_FILE_RANGE_WRITE);
        m_pushed = m_size;
    }
    return {};
}

Result<void> IncomingFile::addFile(const disk::Descriptor& source)
{
    if (m_size != 0 || ::ioctl(m_file.get(), FICLONE, source.get()) != 0)
        return disk::eachBlock(source, [this](ByteView block) { return add(block); });
    return disk::eachBlock(m_file, [this](ByteView block) -> Result<void> {
        m_hasher.add(block);
        m_hasher256.add(block);
        m_summer.add(block);
        m_size += block.size();
        return {};
    });
}

Result<void> IncomingFile::finish(ObjectClass kind)
{
    if (m_reserved > m_size && ::ftruncate(m_file.get(), static_cast<off_t>(m_size)) != 0) // gives back what it did not need
        return disk::failed("giving back space", errno);
    // A file that cannot carry the mark counts as an asset should the index ever be rebuilt, which only costs room.
    if (kind == ObjectClass::Render)
        (void)::fsetxattr(m_file.get(), "user.artdag.class", "render", 6, 0);
    if (::fchmod(m_file.get(), 0444) != 0)
        return disk::failed("protecting a file", errno);
    // Never tried again: the kernel may have dropped the pages that it could not write.
    if (::fdatasync(m_file.get()) != 0)
        return disk::failed("syncing a file", errno);
    if (const int code = m_file.close(); code != 0)
        return disk::failed("closing a file", code);
    m_id = ContentId{m_hasher.finish()};
    m_sha256 = m_hasher256.finish();
    m_blockSums = m_summer.finish();
    return {};
}

} // namespace artdag
