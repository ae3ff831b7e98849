// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/encode.h"

namespace artdag {

namespace {

/// x264 holds its lookahead, its references and their halves and quarters: in planes of luma, seen at 720p and 1080p.
std::size_t x264Planes(std::string_view preset)
{
    if (preset == "ultrafast")
        return 16;
    return preset == "veryfast" ? 64 : 128;
}

} // namespace

std::size_t encoderBytes(const EncodeProfile& profile, int width, int height)
{
    const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    if (profile.videoCodec.empty())
        return 0;
    if (profile.videoCodec == "libx264")
        return pixels * x264Planes(profile.preset);
    constexpr std::size_t picture = 8, held = 8; // bytes a pixel of the deepest format; a picture, its planes, its packets
    return pixels * picture * held;
}

} // namespace artdag
