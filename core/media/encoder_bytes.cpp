// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"

namespace artdag {

namespace {

/// Bytes a pixel, as seen at 720p and 1080p over a second of 30 pictures, and some more. x264 holds its lookahead, its
/// references and all of them at half and quarter steps; FFV1 its slices' contexts and the packets of the chunk.
std::size_t bytesOfPixel(const EncodeProfile& profile)
{
    if (profile.videoCodec == "libx264")
        return profile.preset == "ultrafast" ? 40 : profile.preset == "veryfast" ? 100
                                                                                 : 224;
    return profile.videoCodec == "ffv1" ? 320 : 24;
}

} // namespace

std::size_t encoderBytes(const EncodeProfile& profile, int width, int height)
{
    const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (profile.videoCodec.empty())
        return 0;
    return pixels * bytesOfPixel(profile);
}

} // namespace artdag
