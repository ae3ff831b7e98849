// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes behind media: one regular file, read by position. Knows nothing of FFmpeg, so that a program which must never
// decode can still open what another process decodes for it.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace artdag {

/// A regular file open for reading. Positioned reads only, so several containers may share it.
class FileSource {
public:
    static Result<std::shared_ptr<const FileSource>> open(const std::filesystem::path& path);
    FileSource(int descriptor, std::int64_t size, std::string name)
        : m_descriptor(descriptor),
          m_size(size),
          m_name(std::move(name)) {}
    ~FileSource();
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] std::int64_t size() const { return m_size; }
    /// Fills all of `out`; false when the file ends before.
    [[nodiscard]] bool readAt(std::int64_t offset, std::span<std::uint8_t> out) const;
    /// `file 'cat.mp4'`, the start of every message.
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    int m_descriptor;
    std::int64_t m_size;
    std::string m_name;
};
using SourcePointer = std::shared_ptr<const FileSource>;

} // namespace artdag
