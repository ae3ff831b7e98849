// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/sound.h"

namespace artdag {

namespace {

/// round half up after clamping, full scale ±`scale`; no number is silence.
std::int32_t codeOf(float sample, double scale)
{
    double value = static_cast<double>(sample) * scale;
    if (!(value > -scale))
        value = value <= -scale ? -scale : 0.0;
    if (value > scale - 1.0)
        value = scale - 1.0;
    // Truncation after a bias that makes the value positive.
    return static_cast<std::int32_t>(static_cast<std::int64_t>(value + scale + 0.5) - static_cast<std::int64_t>(scale));
}

std::vector<std::uint8_t> interleaved(const Sound& sound, double scale, int bytesPerSample)
{
    const auto count = static_cast<std::size_t>(sound.range().count);
    std::vector<std::uint8_t> bytes(count * soundChannels * static_cast<std::size_t>(bytesPerSample));
    std::uint8_t* out = bytes.data();
    for (std::size_t i = 0; i < count; ++i)
        for (int channel = 0; channel < soundChannels; ++channel) {
            const auto code = static_cast<std::uint32_t>(codeOf(sound.channel(channel)[i], scale));
            for (int byte = 0; byte < bytesPerSample; ++byte)
                *out++ = static_cast<std::uint8_t>(code >> (8 * byte));
        }
    return bytes;
}

} // namespace

std::vector<std::uint8_t> toS16(const Sound& sound)
{
    return interleaved(sound, 32768.0, 2);
}

std::vector<std::uint8_t> toS24(const Sound& sound)
{
    return interleaved(sound, 8388608.0, 4);
}

} // namespace artdag
