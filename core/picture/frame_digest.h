// SPDX-License-Identifier: GPL-3.0-or-later
// The frames hash: the name of pixels and samples, whatever codec carries them (docs/formats.md, "Frames hash").
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/time.h"

#include <span>
#include <string>

namespace artdag {

/// SHA3-256("artdag.pixels.1\n" ‖ SHA3-256 of each consecutive 65,536 bytes of the frame, last block short).
Digest pixelsDigest(ByteView frame);
/// SHA3-256("artdag.sound.1\n" ‖ bytes) of up to one second (`sampleRate` samples) of interleaved sound.
Digest soundDigest(ByteView second);
/// Those of all seconds of `length` bytes, side by side; the last may be shorter.
std::vector<Digest> soundDigests(ByteView sound, std::size_t length);

/// The facts that go into a frames hash; fields without meaning (no sound, no picture) are left out of the JSON.
struct FramesFacts {
    int width = 0, height = 0;
    std::string format; ///< `yuv420p`
    std::string colour; ///< `bt709 srgb limited`, see docs/formats.md
    Rate rate;
    std::int64_t frames = 0;
    int sampleRate = 0, channels = 0;
    std::string sampleFormat; ///< `s16` or `s24`
};
Json jsonOfFacts(const FramesFacts& facts);
/// SHA3-256("artdag.frames.1\n" ‖ JCS(facts) ‖ picture digests ‖ sound digests), digests raw.
FramesHash framesHash(const FramesFacts& facts, std::span<const Digest> pictures, std::span<const Digest> sounds);

} // namespace artdag
