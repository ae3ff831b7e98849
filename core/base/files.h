// SPDX-License-Identifier: GPL-3.0-or-later
// Files as values: read whole, write atomically, hash in a stream. Never follows a name that came from outside.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace artdag {

/// The bytes of a file. NotFound, Denied, or BadInput when it is longer than `limit`.
Result<Bytes> readFile(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 30);
Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t limit = std::size_t{64} << 20);

/// Replaces a file so that a reader sees the old bytes or the new ones, and a crash leaves one of them:
/// write beside it, fdatasync, rename, fsync of the directory. `mode` is the permission of the new file.
Result<void> writeFileAtomically(const std::filesystem::path& path, ByteView bytes, unsigned mode = 0644);

/// SHA3-256 of a file's bytes, read once in a stream.
Result<ContentId> contentIdOfFile(const std::filesystem::path& path);

/// A directory of this process's own that is removed with everything in it at the end of its life.
class TemporaryDirectory {
public:
    static Result<TemporaryDirectory> make(const std::string& prefix = "artdag");
    ~TemporaryDirectory();
    TemporaryDirectory(TemporaryDirectory&& other) noexcept;
    TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    explicit TemporaryDirectory(std::filesystem::path path)
        : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

/// `bytes` from the kernel's generator; for keys, nonces and names, never for pixels.
Bytes secureRandom(std::size_t count);

/// ARTDAG_HOME, else $XDG_DATA_HOME/artdag, else ~/.local/share/artdag.
std::filesystem::path artdagHome();

/// The error of the last system call, after an object's name: `file '/x/y': No such file or directory`.
Error systemError(const std::string& object, int code);

} // namespace artdag
