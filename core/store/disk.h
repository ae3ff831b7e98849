// SPDX-License-Identifier: GPL-3.0-or-later
// The system calls that the store's promises rest on, each with its return checked. Nothing here knows what an object is.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

struct stat;

namespace artdag::disk {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int fd = -1)
        : m_fd(fd) {}
    ~Descriptor() { (void)close(); }
    Descriptor(Descriptor&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] int close(); ///< 0 or an errno; a failed close is a failed write

private:
    int m_fd;
};

/// What tells that a file is still the one that was hashed: all must agree.
struct FileMark {
    std::uint64_t device = 0, inode = 0, size = 0;
    std::int64_t modified = 0, changed = 0; ///< nanoseconds since 1970
    bool operator==(const FileMark&) const = default;
};
FileMark markOf(const struct stat& facts);

struct OpenedFile {
    Descriptor file;
    FileMark mark;
};
/// Opens a plain file to read. `follow`: only for files that the artist named, never inside the store. BadInput or Denied
/// for what is no plain file.
Result<OpenedFile> openToRead(const std::filesystem::path& path, bool follow = false);
Result<FileMark> markOfOpen(const Descriptor& file);

/// Calls `take` with each block in order, from the start of the file.
Result<void> eachBlock(const Descriptor& file, const std::function<Result<void>(ByteView)>& take);
Result<Bytes> readAll(const Descriptor& file);
Result<void> writeAll(const Descriptor& file, ByteView bytes);
/// fsync of a directory, so that names made or moved in it survive a crash.
Result<void> syncDirectory(const std::filesystem::path& directory);
/// Makes a directory and syncs its parent; nothing to do when it is there.
Result<void> makeDirectory(const std::filesystem::path& directory);
/// Makes what is missing of the directories 00 to ff in one; Denied when something else lies where one should be.
Result<void> prepareParts(const std::filesystem::path& directory);
/// The names in a directory, in no order; none when it is not there.
Result<std::vector<std::string>> namesIn(const std::filesystem::path& directory);
std::string twoDigits(int value); ///< lower-case hexadecimal, 00 to ff
/// Renames unless the target exists: 0 or an errno (EEXIST).
int renameNoReplace(const std::filesystem::path& from, const std::filesystem::path& to);

/// flock on a file that this opens for itself, so that threads exclude each other as processes do. Ends with its owner.
class FileLock {
public:
    enum class Kind {
        Shared,
        Exclusive,
    };
    static Result<FileLock> take(const std::filesystem::path& path, Kind kind); ///< waits
    /// False when another holds it.
    static Result<bool> isFree(const std::filesystem::path& path);

private:
    explicit FileLock(Descriptor file)
        : m_file(std::move(file)) {}
    Descriptor m_file;
};

/// Unavailable for a full disk, Denied for a read-only one …, named by what was being done and never by a path.
tl::unexpected<Error> failed(const std::string& doing, int code);
/// The error of a full disk, from a call of ours or from SQLite.
bool isFull(const Error& error);

} // namespace artdag::disk
