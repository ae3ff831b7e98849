// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"

namespace artdag {

namespace {

/// Bytes a pixel, as seen at 720p and 1080p over a second of 30 pictures, and some more. x264 and VP9 hold their lookahead and
/// their references; FFV1 and ProRes, and pictures of a folder, the packets of the chunk.
std::size_t bytesOfPixel(const EncodeProfile& profile)
{
    const std::string& codec = profile.videoCodec;
    if (codec == "libx264")
        return profile.preset == "ultrafast" ? 40 : profile.preset == "veryfast" ? 100
                                                                                 : 224;
    if (codec == "libvpx-vp9")
        return profile.coding.format == SampleFormat::Yuva420p ? 340 : 180;
    if (codec == "ffv1" || codec == "prores_ks")
        return 340;
    if (profile.folder)
        return codec == "exr" ? 500 : 260;
    return profile.still ? 24 : 60;
}

} // namespace

std::size_t encoderBytes(const EncodeProfile& profile, int width, int height)
{
    const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (profile.videoCodec.empty() || profile.copies())
        return 0;
    return pixels * bytesOfPixel(profile);
}

} // namespace artdag
