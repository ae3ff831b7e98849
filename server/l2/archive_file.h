// SPDX-License-Identifier: GPL-3.0-or-later
// An archive that is written file after file and never is in memory: POSIX ustar (IEEE Std 1003.1, pax), readable by every tar.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace artdag::server {

class ArchiveFile {
public:
    /// A new file, readable by this process's user alone. A failure shows in finish.
    explicit ArchiveFile(const std::filesystem::path& path);
    /// `name`: at most 100 bytes, folders with `/`.
    void add(std::string_view name, std::string_view text);
    Result<void> addFile(std::string_view name, const std::filesystem::path& file, std::uint64_t size);
    /// Unavailable when the disk did not take it all.
    Result<void> finish();

private:
    void writeHeader(std::string_view name, std::uint64_t size);
    void writePadding(std::uint64_t size);
    std::ofstream m_file;
};

} // namespace artdag::server
