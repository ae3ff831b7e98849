// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"

#include "core/media/kept_builds.h"
#include "core/media/libav.h"
#include "core/media/picture_encoder.h"

#include <fmt/core.h>

#include <vector>

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

constexpr Coding vpAlpha{SampleFormat::Yuva420p, Matrix::Bt709, Transfer::Srgb, Primaries::Bt709, ChromaSite::Left, false};
constexpr Coding webpLoop{SampleFormat::Yuva420p, Matrix::Bt601, Transfer::Srgb, Primaries::Bt709, ChromaSite::Centre, false};
constexpr Coding prores4444{SampleFormat::Yuva444p10, Matrix::Bt709, Transfer::Srgb, Primaries::Bt709, ChromaSite::Left, false};
constexpr Coding openExr{SampleFormat::Gbrapf32, Matrix::Identity, Transfer::Linear, Primaries::Bt709, ChromaSite::Left, true};

const std::vector<EncodeProfile>& table()
{
    static const std::vector<EncodeProfile> profiles{
        {.name = "share-h264", .title = "MP4 that plays everywhere", .container = "mp4", .extension = "mp4", .videoCodec = "libx264", .audioCodec = "aac", .coding = bt709Film, .preset = "medium", .quality = 18},
        {.name = "share-h264-fast", .title = "the same, sooner made and larger", .container = "mp4", .extension = "mp4", .videoCodec = "libx264", .audioCodec = "aac", .coding = bt709Film, .preset = "ultrafast", .quality = 18},
        {.name = "small-preview", .title = "a small MP4 to look at", .container = "mp4", .extension = "mp4", .videoCodec = "libx264", .audioCodec = "aac", .coding = bt709Film, .preset = "veryfast", .quality = 28, .audioBitsPerSecond = 96000},
        {.name = "share-webm", .title = "WebM (VP9, Opus) for the web", .container = "webm", .extension = "webm", .videoCodec = "libvpx-vp9", .audioCodec = "libopus", .coding = bt709Film, .preset = "4", .quality = 24, .audioBitsPerSecond = 160000},
        {.name = "webm-alpha", .title = "WebM with transparency", .container = "webm", .extension = "webm", .videoCodec = "libvpx-vp9", .audioCodec = "libopus", .coding = vpAlpha, .preset = "4", .quality = 24, .audioBitsPerSecond = 160000},
        {.name = "master-ffv1", .title = "lossless film, 10-bit RGB (FFV1, FLAC)", .container = "matroska", .extension = "mkv", .videoCodec = "ffv1", .audioCodec = "flac", .coding = rgbOf(SampleFormat::Gbrp10), .lossless = true, .quality = 0, .audioBitsPerSecond = 0},
        {.name = "copy", .title = "films joined as they are, not encoded again (Matroska, FLAC)", .container = "matroska", .extension = "mkv", .videoCodec = "copy", .audioCodec = "flac", .coding = bt709Film, .lossless = true, .quality = 0, .audioBitsPerSecond = 0},
        {.name = "prores-4444", .title = "ProRes 4444 with transparency, for editing", .container = "mov", .extension = "mov", .videoCodec = "prores_ks", .audioCodec = "pcm_s24le", .coding = prores4444, .quality = 0, .audioBitsPerSecond = 0},
        {.name = "png", .title = "one picture, lossless, transparency", .container = "image2", .extension = "png", .videoCodec = "png", .coding = rgbOf(SampleFormat::Rgba), .lossless = true, .quality = 0, .still = true},
        {.name = "png16", .title = "one picture of 16 bits", .container = "image2", .extension = "png", .videoCodec = "png", .coding = rgbOf(SampleFormat::Rgba64), .lossless = true, .quality = 0, .still = true},
        {.name = "jpeg", .title = "one photograph", .container = "image2", .extension = "jpg", .videoCodec = "mjpeg", .coding = jpegPhotograph, .quality = 2, .still = true},
        {.name = "webp", .title = "one photograph, smaller", .container = "image2", .extension = "webp", .videoCodec = "libwebp", .coding = webpPhotograph, .quality = 90, .still = true},
        {.name = "png-sequence", .title = "a folder of numbered PNG pictures", .container = "image2", .extension = "png", .videoCodec = "png", .coding = rgbOf(SampleFormat::Rgba), .lossless = true, .quality = 0, .folder = true},
        {.name = "tiff16-sequence", .title = "a folder of 16-bit TIFF pictures", .container = "image2", .extension = "tiff", .videoCodec = "tiff", .coding = rgbOf(SampleFormat::Rgba64), .lossless = true, .quality = 0, .folder = true},
        {.name = "exr-sequence", .title = "a folder of OpenEXR pictures: float, linear light", .container = "image2", .extension = "exr", .videoCodec = "exr", .coding = openExr, .lossless = true, .quality = 0, .folder = true},
        {.name = "gif", .title = "GIF loop of 256 colours a picture", .container = "gif", .extension = "gif", .videoCodec = "gif", .coding = rgbOf(SampleFormat::Rgba), .quality = 0},
        {.name = "webp-loop", .title = "WebP loop with transparency", .container = "webp", .extension = "webp", .videoCodec = "libwebp", .coding = webpLoop, .quality = 80},
        {.name = "wav", .title = "sound, 24 bits", .container = "wav", .extension = "wav", .audioCodec = "pcm_s24le", .lossless = true, .quality = 0, .audioBitsPerSecond = 0},
        {.name = "flac", .title = "sound, lossless and smaller", .container = "flac", .extension = "flac", .audioCodec = "flac", .lossless = true, .quality = 0, .audioBitsPerSecond = 0},
        {.name = "mp3", .title = "sound for every player", .container = "mp3", .extension = "mp3", .audioCodec = "libmp3lame", .quality = 0, .audioBitsPerSecond = 256000},
        {.name = "opus", .title = "sound, small and good", .container = "opus", .extension = "opus", .audioCodec = "libopus", .quality = 0, .audioBitsPerSecond = 160000},
        {.name = "hls", .title = "a folder for HTTP streaming (fMP4 segments)", .container = "hls", .extension = "m3u8", .videoCodec = "libx264", .audioCodec = "aac", .coding = bt709Film, .preset = "medium", .quality = 18, .folder = true},
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
    return keptBuild(std::string(encoder), [&] {
        prepareLibav();
        return encoder == "libx264" ? x264Build() : fmt::format("{} {}", encoder, libavVersion());
    });
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
    if (!losslessSound())
        return fmt::format("{} s16 {} bit/s{}", encoderBuild(audioCodec), audioBitsPerSecond, audioCodec == "aac" ? " twoloop" : "");
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
