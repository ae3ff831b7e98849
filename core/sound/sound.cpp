// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/sound.h"

#include <bit>
#include <cstring>

namespace artdag {

namespace {

/// round half up after clamping, full scale ±`scale`; no number is silence.
inline std::int32_t codeOf(float sample, double scale)
{
    double value = static_cast<double>(sample) * scale;
    value = value == value ? value : 0.0;
    value = value > -scale ? value : -scale;
    value = value < scale - 1.0 ? value : scale - 1.0;
    // Truncation after a bias that makes the value positive.
    return static_cast<std::int32_t>(value + scale + 0.5) - static_cast<std::int32_t>(scale);
}

template <class Code>
std::vector<std::uint8_t> interleaved(const Sound& sound, double scale)
{
    const auto count = static_cast<std::size_t>(sound.range().count);
    std::vector<std::uint8_t> bytes(count * soundChannels * sizeof(Code));
    const float* const left = sound.channel(0);
    const float* const right = sound.channel(1);
    for (std::size_t i = 0; i < count; ++i) {
        const Code codes[soundChannels] = {static_cast<Code>(codeOf(left[i], scale)), static_cast<Code>(codeOf(right[i], scale))};
        std::memcpy(&bytes[i * sizeof codes], codes, sizeof codes);
    }
    return bytes;
}

static_assert(std::endian::native == std::endian::little);

} // namespace

std::vector<std::uint8_t> toS16(const Sound& sound)
{
    return interleaved<std::int16_t>(sound, 32768.0);
}

std::vector<std::uint8_t> toS24(const Sound& sound)
{
    return interleaved<std::int32_t>(sound, 8388608.0);
}

} // namespace artdag
