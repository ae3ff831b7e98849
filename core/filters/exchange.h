// SPDX-License-Identifier: GPL-3.0-or-later
// What engine and filter process agree on: the layouts in which frames and sound go to and fro, and the largest sizes. Frames
// lie packed in shared memory, planes one after another without padding (planesOf); of a block of sound the left channel's
// samples, float32, and behind the room of a full block the right one's.
#pragma once

#include "core/picture/coding.h"
#include "core/sound/sound.h"

#include <optional>
#include <string_view>

namespace artdag {

inline constexpr int largestSide = 16384;          ///< px
inline constexpr int largestBlock = 65536;         ///< samples of sound at once
inline constexpr int mostFilterOptions = 256;      ///< of one filter
inline constexpr std::size_t longestOption = 4096; ///< characters of a value

/// Best first: alpha before none, 16 bits before 8, R'G'B' before its matrices.
inline constexpr SampleFormat filterLayouts[] = {SampleFormat::Gbrap16, SampleFormat::Rgba64, SampleFormat::Gbrap, SampleFormat::Rgba, SampleFormat::Yuva444p10, SampleFormat::Yuva420p,
    SampleFormat::Gbrp16, SampleFormat::Rgb48, SampleFormat::Gbrp10, SampleFormat::Gbrp, SampleFormat::Rgb24, SampleFormat::Yuv444p10, SampleFormat::Yuv444p, SampleFormat::Yuv422p10,
    SampleFormat::Yuv422p, SampleFormat::Yuv420p10, SampleFormat::Yuv420p, SampleFormat::Gray16, SampleFormat::Gray8};

/// What goes through at once: one frame of pictures, some samples of sound.
struct Stretch {
    std::int64_t first = 0; ///< frame or sample
    std::int64_t count = 1;
};

inline std::optional<SampleFormat> layoutNamed(std::string_view name)
{
    for (const SampleFormat format : filterLayouts)
        if (name == nameOf(format))
            return format;
    return std::nullopt;
}

inline std::size_t packedBytes(SampleFormat format, int width, int height)
{
    std::size_t bytes = 0;
    for (const PlaneShape& plane : planesOf(format, width, height))
        bytes += plane.bytes();
    return bytes;
}

/// Of a block of so many samples.
inline std::size_t soundBytes(int samples)
{
    return static_cast<std::size_t>(samples) * soundChannels * sizeof(float);
}

} // namespace artdag
