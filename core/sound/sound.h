// SPDX-License-Identifier: GPL-3.0-or-later
// Sound as the engine computes with it: float32, planar, stereo, at the canvas's sample rate, not clamped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace artdag {

inline constexpr int soundChannels = 2;

/// A range of samples of one stream, in samples of the canvas rate.
struct SampleRange {
    std::int64_t first = 0;
    std::int64_t count = 0;
    bool operator==(const SampleRange&) const = default;
    [[nodiscard]] std::int64_t end() const { return first + count; }
};

/// Planar stereo that owns its memory; starts silent.
class Sound {
public:
    Sound() = default;
    explicit Sound(SampleRange range)
        : m_range(range)
    {
        for (auto& channel : m_channels)
            channel.assign(static_cast<std::size_t>(range.count), 0.0F);
    }
    [[nodiscard]] const SampleRange& range() const { return m_range; }
    [[nodiscard]] float* channel(int index) { return m_channels[index].data(); }
    [[nodiscard]] const float* channel(int index) const { return m_channels[index].data(); }

private:
    SampleRange m_range;
    std::vector<float> m_channels[soundChannels];
};

/// Interleaved little-endian s16 (full scale ±32768, round half up, clamped): the canonical samples of lossy profiles.
std::vector<std::uint8_t> toS16(const Sound& sound);
/// Interleaved s24 in 4 bytes, little-endian, value in the low 24 bits sign-extended: the canonical samples of lossless profiles.
std::vector<std::uint8_t> toS24(const Sound& sound);

} // namespace artdag
