// SPDX-License-Identifier: GPL-3.0-or-later
// Frames that a filter gave, in order, into a lossless film: FFV1 in Matroska, the same bytes for the same frames.
#pragma once

#include "core/base/files.h"
#include "core/bridge/filter_process.h"
#include "core/media/encode.h"

#include <deque>
#include <future>

namespace artdag {

class FilmWriter {
public:
    /// Unavailable at a film longer than `mostBytes`, naming `object`.
    static Result<FilmWriter> make(const FramesShape& shape, Rate rate, std::uint64_t mostBytes, std::string object);
    /// A frame of the shape's codes, packed.
    Result<void> add(std::span<const std::uint8_t> codes);
    /// After at least one frame.
    Result<void> finish(const std::filesystem::path& film);

private:
    FilmWriter(const FramesShape& shape, Rate rate, std::uint64_t mostBytes, std::string object, TemporaryDirectory directory);
    void encodeGathered();
    Result<void> collect(std::size_t left);
    [[nodiscard]] std::filesystem::path pathOf(std::size_t chunk) const;

    FramesShape m_shape; ///< as the filter gives them
    EncodeProfile m_profile;
    Rate m_rate;
    std::uint64_t m_mostBytes;
    std::uint64_t m_bytes = 0;
    std::string m_object;
    TemporaryDirectory m_directory;
    std::vector<PackedPicture> m_gathered;             ///< of the chunk that is not full
    std::deque<std::future<Result<Bytes>>> m_encoding; ///< chunks on their way, in order
    std::size_t m_chunks = 0;                          ///< in the directory
};

} // namespace artdag
