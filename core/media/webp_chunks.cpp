// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/webp_chunks.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace artdag {

namespace {

constexpr std::size_t riffHeader = 12;
constexpr std::size_t chunkHeader = 8;
constexpr std::size_t frameHeader = 16;
constexpr std::int64_t mostPixels = std::int64_t{1} << 26; ///< of the canvas, of which two or three are held: 8192 × 8192
constexpr std::size_t mostFrames = 100'000;
constexpr std::uint8_t alphaFlag = 0x10;
constexpr std::uint8_t replacesFlag = 0x02; ///< in the last byte of a picture's header

std::uint32_t number(ByteView bytes, std::size_t at, int count)
{
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value |= static_cast<std::uint32_t>(bytes[at + static_cast<std::size_t>(i)]) << (8 * i);
    return value;
}

void putNumber(Bytes& bytes, std::size_t at, std::size_t value, int count)
{
    for (int i = 0; i < count; ++i)
        bytes[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(value >> (8 * i));
}

struct Chunk {
    std::string_view tag;
    std::size_t at = 0, size = 0; ///< of what it holds
    [[nodiscard]] std::size_t end() const { return at + size + size % 2; }
};

/// The chunk at a place, if all of it lies before `end`.
std::optional<Chunk> chunkAt(ByteView bytes, std::size_t at, std::size_t end)
{
    if (end - at < chunkHeader)
        return std::nullopt;
    const Chunk chunk{{reinterpret_cast<const char*>(bytes.data()) + at, 4}, at + chunkHeader, number(bytes, at + 4, 4)};
    return chunk.size > end - chunk.at ? std::nullopt : std::optional(chunk);
}

bool hasAlpha(ByteView bytes, std::size_t at, std::size_t end)
{
    while (const auto chunk = at < end ? chunkAt(bytes, at, end) : std::nullopt) {
        // VP8L: a signature, two sizes of 14 bits, and whether alpha is used (WebP Lossless Bitstream, "RIFF Header").
        if (chunk->tag == "ALPH" || (chunk->tag == "VP8L" && chunk->size >= 5 && (bytes[chunk->at + 4] & alphaFlag) != 0))
            return true;
        at = chunk->end();
    }
    return false;
}

Result<void> addFrame(AnimatedWebpChunks& webp, const Chunk& chunk, const std::string& name)
{
    const ByteView bytes = webp.bytes;
    if (chunk.size < frameHeader || webp.frames.size() >= mostFrames)
        return fail(Fault::BadInput, name + (chunk.size < frameHeader ? ": is damaged: a picture has no header; export it again" : ": has more than 100000 pictures"));
    const auto of24 = [&](std::size_t at) { return static_cast<int>(number(bytes, chunk.at + at, 3)); };
    WebpFrame frame{.at = chunk.at + frameHeader, .size = chunk.size - frameHeader, .x = 2 * of24(0), .y = 2 * of24(3), .width = of24(6) + 1, .height = of24(9) + 1};
    if (frame.x + frame.width > webp.width || frame.y + frame.height > webp.height)
        return fail(Fault::BadInput, fmt::format("{}: says {}×{}, but picture {} does not fit into that; export it again", name, webp.width, webp.height, webp.frames.size()));
    frame.alpha = hasAlpha(bytes, frame.at, frame.at + frame.size);
    frame.blends = (bytes[frame.at - 1] & replacesFlag) == 0;
    frame.start = webp.end;
    const int duration = of24(12);
    webp.end += duration <= 10 ? 100 : duration;
    webp.frames.push_back(frame);
    return {};
}

} // namespace

bool AnimatedWebpChunks::independent() const
{
    return std::ranges::all_of(frames, [&](const WebpFrame& frame) {
        return frame.width == width && frame.height == height && (!frame.blends || !frame.alpha || &frame == frames.data());
    });
}

Bytes AnimatedWebpChunks::stillOf(const WebpFrame& frame) const
{
    using namespace std::string_view_literals;
    constexpr std::string_view head = "RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0"sv;
    Bytes still(head.size() + frame.size);
    std::ranges::copy(head, still.begin());
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(frame.at), frame.size, still.begin() + static_cast<std::ptrdiff_t>(head.size()));
    still[20] = frame.alpha ? alphaFlag : 0;
    putNumber(still, 24, static_cast<std::size_t>(frame.width - 1), 3);
    putNumber(still, 27, static_cast<std::size_t>(frame.height - 1), 3);
    putNumber(still, 4, still.size() - chunkHeader, 4);
    return still;
}

Result<AnimatedWebpChunks> readWebpChunks(Bytes bytes, const std::string& name)
{
    AnimatedWebpChunks webp;
    const std::size_t promised = std::size_t{number(bytes, 4, 4)} + chunkHeader;
    const std::size_t end = std::min(promised, bytes.size());
    webp.cut = promised > bytes.size();
    webp.bytes = std::move(bytes);
    std::size_t at = riffHeader;
    while (at < end) {
        const auto chunk = chunkAt(webp.bytes, at, end);
        if (!chunk) {
            webp.cut = true;
            break;
        }
        if (chunk->tag == "VP8X" && at == riffHeader && chunk->size >= 10) {
            webp.width = static_cast<int>(number(webp.bytes, chunk->at + 4, 3)) + 1;
            webp.height = static_cast<int>(number(webp.bytes, chunk->at + 7, 3)) + 1;
            if (std::int64_t{webp.width} * webp.height > mostPixels)
                return fail(Fault::BadInput, fmt::format("{}: is {}×{}, larger than an animated WebP is read; make it smaller, or use WebM", name, webp.width, webp.height));
        }
        if (chunk->tag == "ANMF")
            TRY(addFrame(webp, *chunk, name));
        at = chunk->end();
    }
    if (webp.frames.empty())
        return fail(Fault::BadInput, name + ": is an animated WebP without a whole picture; export or copy it again");
    webp.bytes.resize(std::min(at, end));
    putNumber(webp.bytes, 4, webp.bytes.size() - chunkHeader, 4);
    return webp;
}

void letPicturesReplace(Bytes& webp)
{
    std::size_t at = riffHeader;
    while (const auto chunk = at < webp.size() ? chunkAt(webp, at, webp.size()) : std::nullopt) {
        if (chunk->tag == "ANMF" && chunk->size >= frameHeader)
            webp[chunk->at + frameHeader - 1] |= replacesFlag;
        at = chunk->end();
    }
}

} // namespace artdag
