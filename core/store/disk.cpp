// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/disk.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

namespace artdag::disk {

tl::unexpected<Error> failed(const std::string& doing, int code)
{
    if (code == ENOSPC || code == EDQUOT)
        return fail(Fault::Unavailable, "store: the disk is full (" + doing + "); free some room or lower the store's limit with 'artdag store limit'");
    return tl::unexpected<Error>(systemError("store: " + doing, code));
}

bool isFull(const Error& error)
{
    return error.message.find("disk is full") != std::string::npos; // ours, and sqlite3_errstr(SQLITE_FULL)
}

int Descriptor::close()
{
    return m_fd >= 0 && ::close(std::exchange(m_fd, -1)) != 0 ? errno : 0;
}

FileMark markOf(const struct stat& facts)
{
    const auto nanoseconds = [](const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; };
    return {facts.st_dev, facts.st_ino, static_cast<std::uint64_t>(facts.st_size), nanoseconds(facts.st_mtim), nanoseconds(facts.st_ctim)};
}

Result<OpenedFile> openToRead(const std::filesystem::path& path, bool follow)
{
    // O_NONBLOCK: a pipe with that name must not hold us up.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (follow ? 0 : O_NOFOLLOW)));
    if (file.get() < 0 && errno == ELOOP)
        return fail(Fault::Denied, "store: a symbolic link lies where an object should be");
    if (file.get() < 0)
        return failed("opening a file", errno);
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0)
        return failed("opening a file", errno);
    if (!S_ISREG(facts.st_mode))
        return fail(Fault::BadInput, "store: not a plain file");
    return OpenedFile{std::move(file), markOf(facts)};
}

Result<FileMark> markOfOpen(const Descriptor& file)
{
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0)
        return failed("looking at a file", errno);
    return markOf(facts);
}

Result<void> eachBlock(const Descriptor& file, const std::function<Result<void>(ByteView)>& take)
{
    Bytes block(1U << 18);
    for (off_t at = 0;;) {
        const ssize_t count = ::pread(file.get(), block.data(), block.size(), at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed("reading a file", errno);
        if (count == 0)
            return {};
        TRY(take(ByteView(block.data(), static_cast<std::size_t>(count))));
        at += count;
    }
}

Result<Bytes> readAll(const Descriptor& file)
{
    Bytes bytes;
    bytes.reserve(TRY(markOfOpen(file)).size);
    TRY(eachBlock(file, [&](ByteView block) -> Result<void> {
        bytes.insert(bytes.end(), block.begin(), block.end());
        return {};
    }));
    return bytes;
}

Result<void> writeAll(const Descriptor& file, ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return failed("writing a file", count == 0 ? EIO : errno);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> syncDirectory(const std::filesystem::path& directory)
{
    const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    if (opened.get() < 0 || ::fsync(opened.get()) != 0)
        return failed("syncing a directory", errno);
    return {};
}

Result<void> makeDirectory(const std::filesystem::path& directory)
{
    if (::mkdir(directory.c_str(), 0777) == 0)
        return syncDirectory(directory.parent_path());
    const int code = errno;
    struct stat facts {};
    if (code != EEXIST || ::lstat(directory.c_str(), &facts) != 0)
        return failed("making a directory", code);
    if (!S_ISDIR(facts.st_mode))
        return fail(Fault::Denied, "store: something else lies where a directory should be");
    return {};
}

Result<void> prepareParts(const std::filesystem::path& directory)
{
    bool isNew = false;
    for (int part = 0; part < 256; ++part) {
        const auto one = directory / twoDigits(part);
        struct stat facts {};
        if (::lstat(one.c_str(), &facts) != 0) {
            if (::mkdir(one.c_str(), 0777) != 0)
                return failed("making a directory", errno);
            isNew = true;
        } else if (!S_ISDIR(facts.st_mode)) {
            return fail(Fault::Denied, "store: something else lies where the directory " + twoDigits(part) + " of " + directory.filename().string() + " should be");
        }
    }
    return isNew ? syncDirectory(directory) : Result<void>();
}

Result<std::vector<std::string>> namesIn(const std::filesystem::path& directory)
{
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
        names.push_back(entry->path().filename().string());
    if (error && error != std::errc::no_such_file_or_directory)
        return failed("listing a directory", error.value());
    return names;
}

std::string twoDigits(int value)
{
    const std::array<std::uint8_t, 1> byte{static_cast<std::uint8_t>(value)};
    return hexOf(byte);
}

int renameNoReplace(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    // A file system without the flag: link refuses an existing target just as atomically.
    if (::link(from.c_str(), to.c_str()) != 0)
        return errno;
    return ::unlink(from.c_str()) == 0 ? 0 : errno;
}

Result<FileLock> FileLock::take(const std::filesystem::path& path, Kind kind)
{
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (file.get() < 0)
        return failed("opening a lock", errno);
    while (::flock(file.get(), kind == Kind::Shared ? LOCK_SH : LOCK_EX) != 0)
        if (errno != EINTR)
            return failed("taking a lock", errno);
    return FileLock(std::move(file));
}

Result<bool> FileLock::isFree(const std::filesystem::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0)
        return failed("opening a lock", errno);
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno != EWOULDBLOCK && errno != EINTR)
        return failed("looking at a lock", errno);
    return false;
}

} // namespace artdag::disk
