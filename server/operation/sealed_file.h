// SPDX-License-Identifier: GPL-3.0-or-later
// A file that only a passphrase opens, written and read as a stream of blocks. A block that was changed, moved, left out or
// cut off is noticed; what was read before it is known to be right.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace artdag::server {

/// scrypt (RFC 7914) makes the key, AES-256-GCM seals each block of 64 KiB under its number: docs/formats/backup.md.
class SealedWriter {
public:
    /// Writes beside `file`; Conflict when it is there already.
    static Result<SealedWriter> create(const std::filesystem::path& file, const std::string& passphrase);
    SealedWriter(SealedWriter&&) noexcept;
    SealedWriter& operator=(SealedWriter&&) = delete;
    ~SealedWriter(); ///< without finish() there is no file
    Result<void> write(ByteView bytes);
    /// The last block, then sync and rename.
    Result<void> finish();

private:
    struct State;
    explicit SealedWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

class SealedReader {
public:
    /// Corrupt for another file.
    static Result<SealedReader> open(const std::filesystem::path& file, const std::string& passphrase);
    SealedReader(SealedReader&&) noexcept;
    SealedReader& operator=(SealedReader&&) = delete;
    ~SealedReader();
    /// The next bytes, at most 64 KiB; empty at the end. Denied: a wrong passphrase, or the file was changed; the two cannot be
    /// told apart.
    Result<Bytes> read();
    /// Exactly so many bytes; Corrupt when the end comes before.
    Result<Bytes> read(std::size_t count);
    /// Bytes up to a line feed, which is left out.
    Result<std::string> readLine(std::size_t longest);

private:
    struct State;
    explicit SealedReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace artdag::server
