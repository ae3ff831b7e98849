// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/plays_everywhere.h"

#include "core/media/file_source.h"

#include <array>
#include <string_view>

namespace artdag {

namespace {

constexpr int longestSide = 1920;

/// Whether `moov` comes before `mdat` (ISO/IEC 14496-12, 4.2).
Result<bool> indexComesFirst(const std::filesystem::path& file)
{
    const auto source = TRY(FileSource::open(file));
    std::int64_t at = 0;
    std::array<std::uint8_t, 16> head{};
    while (source->readAt(at, head)) {
        std::uint64_t size = 0;
        for (int i = 0; i < 4; ++i)
            size = size << 8 | head[static_cast<std::size_t>(i)];
        const std::string_view type(reinterpret_cast<const char*>(head.data()) + 4, 4);
        if (type == "moov")
            return true;
        if (size == 1) {
            size = 0;
            for (std::size_t i = 8; i < 16; ++i)
                size = size << 8 | head[i];
        }
        if (type == "mdat" || size < 8 || size > static_cast<std::uint64_t>(source->size() - at))
            return false;
        at += static_cast<std::int64_t>(size);
    }
    return false;
}

} // namespace

Result<bool> playsEverywhere(const std::filesystem::path& file, const FileFacts& facts)
{
    const bool plainSound = !facts.audio || facts.audio->decoder.starts_with("aac") || facts.audio->decoder.starts_with("mp3");
    if (!facts.video)
        return plainSound && facts.audio.has_value();
    const VideoFacts& video = *facts.video;
    const bool plainSize = video.width <= longestSide && video.height <= longestSide && video.width % 2 == 0 && video.height % 2 == 0 && video.rate.perSecond() <= 60.5;
    if (facts.format.find("mp4") == std::string::npos || !video.decoder.starts_with("h264") || video.coding.format != SampleFormat::Yuv420p || !plainSize || (facts.audio && !facts.audio->decoder.starts_with("aac")))
        return false;
    return indexComesFirst(file);
}

} // namespace artdag
