// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/splice.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace artdag {

namespace {

constexpr std::uint64_t block = 1U << 20;

Result<void> writeAll(int handle, ByteView bytes, const std::filesystem::path& path)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(handle, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return tl::unexpected(systemError("file '" + path.string() + "'", errno));
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

} // namespace

Result<FilePlaces> FilePlaces::open(const std::filesystem::path& path)
{
    const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts = {};
    if (handle < 0 || ::fstat(handle, &facts) != 0) {
        const int code = errno;
        if (handle >= 0)
            ::close(handle);
        return tl::unexpected(systemError("file '" + path.string() + "'", code));
    }
    if (!S_ISREG(facts.st_mode)) {
        ::close(handle);
        return fail(Fault::BadInput, "file '" + path.string() + "': is no file");
    }
    return FilePlaces(handle, static_cast<std::uint64_t>(facts.st_size));
}

FilePlaces::~FilePlaces()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

FilePlaces::FilePlaces(FilePlaces&& other) noexcept
    : m_handle(std::exchange(other.m_handle, -1)),
      m_size(other.m_size)
{
}

Result<Bytes> FilePlaces::read(std::uint64_t at, std::uint64_t count) const
{
    if (at > m_size || count > m_size - at)
        return fail(Fault::BadInput, "the file ends before what it announces");
    Bytes bytes(count);
    for (std::uint64_t done = 0; done < count;) {
        const ssize_t now = ::pread(m_handle, bytes.data() + done, count - done, static_cast<off_t>(at + done));
        if (now < 0 && errno == EINTR)
            continue;
        if (now <= 0)
            return fail(Fault::BadInput, "the file ends before what it announces");
        done += static_cast<std::uint64_t>(now);
    }
    return bytes;
}

Result<void> forEachPart(const FilePlaces& from, const std::vector<Splice>& splices, const std::function<Result<void>(ByteView)>& take)
{
    const auto copy = [&](std::uint64_t begin, std::uint64_t end) -> Result<void> {
        for (std::uint64_t at = begin; at < end; at += block)
            TRY(take(TRY(from.read(at, std::min(block, end - at)))));
        return {};
    };
    std::uint64_t at = 0;
    for (const Splice& splice : splices) {
        TRY(copy(at, splice.at));
        TRY(take(splice.inserted));
        at = splice.at + splice.removed;
    }
    return copy(at, from.size());
}

Result<void> writeSpliced(const FilePlaces& from, const std::filesystem::path& to, const std::vector<Splice>& splices)
{
    const int handle = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (handle < 0)
        return tl::unexpected(errno == EEXIST ? Error{Fault::Conflict, "file '" + to.string() + "': exists already"} : systemError("file '" + to.string() + "'", errno));
    Result<void> written = forEachPart(from, splices, [&](ByteView bytes) { return writeAll(handle, bytes, to); });
    if (written && ::fdatasync(handle) != 0)
        written = tl::unexpected(systemError("file '" + to.string() + "'", errno));
    ::close(handle);
    if (!written)
        ::unlink(to.c_str());
    return written;
}

Result<void> overwrite(const std::filesystem::path& file, std::uint64_t at, ByteView bytes)
{
    const int handle = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (handle < 0)
        return tl::unexpected(systemError("file '" + file.string() + "'", errno));
    Result<void> written;
    if (::lseek(handle, static_cast<off_t>(at), SEEK_SET) < 0)
        written = tl::unexpected(systemError("file '" + file.string() + "'", errno));
    if (written)
        written = writeAll(handle, bytes, file);
    if (written && ::fdatasync(handle) != 0)
        written = tl::unexpected(systemError("file '" + file.string() + "'", errno));
    ::close(handle);
    return written;
}

} // namespace artdag
