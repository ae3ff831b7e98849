// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/frame_digest.h"

#include "core/picture/many_digests.h"
#include "core/picture/rows.h"
#include "core/picture/simd.h"

#include <algorithm>
#include <array>

namespace artdag {

Digest pixelsDigest(ByteView frame)
{
    constexpr std::size_t block = 65'536;
    constexpr std::size_t lanes = 8;
    const RowKernels& kernels = rowKernels();
    // Two lanes of SSE without a rotate are slower than OpenSSL's scalar code.
    const std::size_t worthwhile = simdLevel().value_or(SimdLevel::V2) == SimdLevel::V2 ? lanes + 1 : 3;
    Hasher whole;
    whole.add("artdag.pixels.1\n");
    std::size_t at = 0;
    // A group that is not full digests its last block again: from three blocks on that is cheaper than one by one.
    for (std::size_t count = 0; (count = std::min(lanes, (frame.size() - at) / block)) >= worthwhile; at += count * block) {
        const std::uint8_t* messages[lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane)
            messages[lane] = frame.data() + at + std::min(lane, count - 1) * block;
        std::array<std::uint8_t, lanes * sizeof(Digest)> digests{};
        kernels.sha3Of8(messages, block, digests.data());
        whole.add(ByteView(digests).first(count * sizeof(Digest)));
    }
    for (; at < frame.size(); at += block)
        whole.add(sha3(frame.subspan(at, std::min(block, frame.size() - at))));
    return whole.finish();
}

namespace {
constexpr std::string_view soundMagic = "artdag.sound.1\n";
}

Digest soundDigest(ByteView second)
{
    return Hasher().add(soundMagic).add(second).finish();
}

std::vector<Digest> soundDigests(ByteView sound, std::size_t length)
{
    std::vector<Bytes> messages;
    std::vector<ByteView> views;
    for (std::size_t at = 0; at < sound.size(); at += length) {
        const ByteView second = sound.subspan(at, std::min(length, sound.size() - at));
        Bytes& message = messages.emplace_back();
        message.reserve(soundMagic.size() + second.size());
        message.assign(soundMagic.begin(), soundMagic.end());
        message.insert(message.end(), second.begin(), second.end());
    }
    for (const Bytes& message : messages)
        views.emplace_back(message);
    std::vector<Digest> digests(views.size());
    sha3OfMany(views, digests);
    return digests;
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
