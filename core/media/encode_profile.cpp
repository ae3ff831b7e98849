// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"
#include "core/media/libav.h"
#include "core/media/picture_encoder.h"

#include <fmt/core.h>

#include <array>

namespace artdag {

namespace {

constexpr Coding bt709Film{SampleFormat::Yuv420p, Matrix::Bt709, Transfer::Srgb, Primaries::Bt709, ChromaSite::Left, false};
constexpr Coding rgbOf(SampleFormat format)
{
    return {format, Matrix::Identity, Transfer::Srgb, Primaries::Bt709, ChromaSite::Left, true};
}
// JFIF and WebP: BT.601, chroma in the middle of four pixels.
constexpr Coding jpegPhotograph{SampleFormat::Yuv420p, Matrix::Bt601, Transfer::Srgb, Primaries::Bt709, ChromaSite::Centre, true};
constexpr Coding webpPhotograph{SampleFormat::Yuv420p, Matrix::Bt601, Transfer::Srgb, Primaries::Bt709, ChromaSite::Centre, false};

const std::array<EncodeProfile, 10>& table()
{
    static const std::array<EncodeProfile, 10> profiles{
        EncodeProfile{"share-h264", "mp4", "mp4", "libx264", "aac", bt709Film, false, "medium", 18, 192000, false},
        EncodeProfile{"share-h264-fast", "mp4", "mp4", "libx264", "aac", bt709Film, false, "ultrafast", 18, 192000, false},
        EncodeProfile{"small-preview", "mp4", "mp4", "libx264", "aac", bt709Film, false, "veryfast", 28, 96000, false},
        EncodeProfile{"master-ffv1", "matroska", "mkv", "ffv1", "flac", rgbOf(SampleFormat::Gbrp10), true, "", 0, 0, false},
        EncodeProfile{"png", "image2", "png", "png", "", rgbOf(SampleFormat::Rgba), true, "", 0, 0, true},
        EncodeProfile{"png16", "image2", "png", "png", "", rgbOf(SampleFormat::Rgba64), true, "", 0, 0, true},
        EncodeProfile{"jpeg", "image2", "jpg", "mjpeg", "", jpegPhotograph, false, "", 2, 0, true},
        EncodeProfile{"webp", "image2", "webp", "libwebp", "", webpPhotograph, false, "", 90, 0, true},
        EncodeProfile{"wav", "wav", "wav", "", "pcm_s24le", {}, true, "", 0, 0, false},
        EncodeProfile{"flac", "flac", "flac", "", "flac", {}, true, "", 0, 0, false},
    };
    return profiles;
}

/// x264 writes its build into the first packet of everything it encodes.
std::string x264Build()
{
    const EncodeProfile& profile = table()[1];
    const auto encoder = makeChunkEncoder(profile, 16, 16, Rate{25, 1});
    if (!encoder || !(*encoder)->add(makePacked(16, 16, profile.coding)))
        return "libx264 absent";
    const auto chunk = (*encoder)->finish();
    if (!chunk || chunk->packets.empty())
        return "libx264 absent";
    const Bytes& data = chunk->packets.front().data;
    const std::string text(data.begin(), data.end());
    constexpr std::string_view before = "x264 - ";
    const std::size_t start = text.find(before);
    const std::size_t end = text.find(" - ", start == std::string::npos ? start : start + before.size());
    if (start == std::string::npos || end == std::string::npos)
        return "libx264 unnamed " + libavVersion();
    return "libx264 " + text.substr(start + before.size(), end - start - before.size());
}

} // namespace

std::string encoderBuild(std::string_view encoder)
{
    prepareLibav();
    if (encoder == "libx264") {
        static const std::string build = x264Build();
        return build;
    }
    return fmt::format("{} {}", encoder, libavVersion());
}

std::string EncodeProfile::pictureIdentity() const
{
    if (videoCodec.empty())
        return "";
    return fmt::format("{} {}", encoderBuild(videoCodec), pictureSettings(*this));
}

std::string EncodeProfile::soundIdentity() const
{
    if (audioCodec.empty())
        return "";
    if (audioCodec == "aac")
        return fmt::format("{} s16 {} bit/s twoloop", encoderBuild(audioCodec), audioBitsPerSecond);
    return fmt::format("{} s24{}", encoderBuild(audioCodec), audioCodec == "flac" ? " lpc=fixed" : "");
}

std::string EncodeProfile::identity() const
{
    const std::string picture = pictureIdentity();
    const std::string sound = soundIdentity();
    return picture.empty() ? sound : sound.empty() ? picture
                                                   : picture + "; " + sound;
}

std::span<const EncodeProfile> encodeProfiles()
{
    return table();
}

Result<EncodeProfile> encodeProfile(std::string_view name)
{
    std::string known;
    for (const EncodeProfile& profile : table()) {
        if (profile.name == name)
            return profile;
        known += (known.empty() ? "" : ", ") + profile.name;
    }
    return fail(Fault::NotFound, fmt::format("encoder profile '{}' is unknown; there are {}", name, known));
}

} // namespace artdag
