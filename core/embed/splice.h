// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of a file as a list of places: films are too long to be held, and what was put in must come out again without a trace.
#pragma once

#include "core/base/digest.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace artdag {

/// At byte `at` of a file, `removed` bytes give way to `inserted`.
struct Splice {
    std::uint64_t at = 0;
    std::uint64_t removed = 0;
    Bytes inserted;
};

/// A file that is read at places. One thread.
class FilePlaces {
public:
    /// NotFound, Denied.
    static Result<FilePlaces> open(const std::filesystem::path& path);
    ~FilePlaces();
    FilePlaces(FilePlaces&& other) noexcept;
    FilePlaces& operator=(FilePlaces&&) = delete;

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Exactly `count` bytes; BadInput when the file ends before.
    [[nodiscard]] Result<Bytes> read(std::uint64_t at, std::uint64_t count) const;

private:
    FilePlaces(int handle, std::uint64_t size)
        : m_handle(handle),
          m_size(size) {}
    int m_handle;
    std::uint64_t m_size;
};

/// The bytes of `from` with all `splices` (ascending, not overlapping), block by block.
Result<void> forEachPart(const FilePlaces& from, const std::vector<Splice>& splices, const std::function<Result<void>(ByteView)>& take);
/// Writes `from` with all `splices` to the new file `to`. Conflict when `to` exists.
Result<void> writeSpliced(const FilePlaces& from, const std::filesystem::path& to, const std::vector<Splice>& splices);
/// Writes over what is at byte `at` of a file that is there.
Result<void> overwrite(const std::filesystem::path& file, std::uint64_t at, ByteView bytes);

} // namespace artdag
