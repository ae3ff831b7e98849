// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/frame_digest.h"

#include <algorithm>

namespace artdag {

Digest pixelsDigest(ByteView frame)
{
    constexpr std::size_t block = 65'536;
    Hasher whole;
    whole.add("artdag.pixels.1\n");
    for (std::size_t at = 0; at < frame.size(); at += block)
        whole.add(sha3(frame.subspan(at, std::min(block, frame.size() - at))));
    return whole.finish();
}

Digest soundDigest(ByteView second)
{
    return Hasher().add("artdag.sound.1\n").add(second).finish();
}

Json jsonOfFacts(const FramesFacts& facts)
{
    Json json = Json::object();
    if (facts.frames > 0) {
        json["width"] = facts.width;
        json["height"] = facts.height;
        json["format"] = facts.format;
        json["colour"] = facts.colour;
        json["rate"] = std::to_string(facts.rate.numerator) + "/" + std::to_string(facts.rate.denominator);
        json["frames"] = facts.frames;
    }
    if (facts.channels > 0) {
        json["sampleRate"] = facts.sampleRate;
        json["channels"] = facts.channels;
        json["sampleFormat"] = facts.sampleFormat;
    }
    return json;
}

FramesHash framesHash(const FramesFacts& facts, std::span<const Digest> pictures, std::span<const Digest> sounds)
{
    Hasher hasher;
    hasher.add("artdag.frames.1\n").add(canonicalJson(jsonOfFacts(facts)));
    for (const Digest& digest : pictures)
        hasher.add(digest);
    for (const Digest& digest : sounds)
        hasher.add(digest);
    return FramesHash{hasher.finish()};
}

} // namespace artdag
