// SPDX-License-Identifier: GPL-3.0-or-later
// WebP (RFC 9649): an XMP packet in a chunk `XMP ` at the end, which the chunk `VP8X` announces; a simple file becomes an extended one.
#include "core/embed/riff.h"

#include <algorithm>

namespace artdag::embed {

namespace {

constexpr std::uint8_t xmpFlag = 0x04, alphaFlag = 0x10;

/// The chunk VP8X for a file that has none (§2.7): its size is in the first bytes of its picture.
Result<Bytes> extendedHead(const FilePlaces& file, const RiffChunk& picture)
{
    const Bytes start = TRY(file.read(picture.at + 8, 10));
    std::uint64_t width = 0, height = 0;
    std::uint8_t flags = xmpFlag;
    if (picture.name == "VP8L" && start[0] == 0x2F) {
        const std::uint64_t bits = littleEndian(ByteView(start).subspan(1, 4));
        width = (bits & 0x3FFF) + 1;
        height = (bits >> 14 & 0x3FFF) + 1;
        flags |= (bits >> 28 & 1) != 0 ? alphaFlag : 0;
    } else if (picture.name == "VP8 " && start[3] == 0x9D && start[4] == 0x01 && start[5] == 0x2A) {
        width = littleEndian(ByteView(start).subspan(6, 2)) & 0x3FFF;
        height = littleEndian(ByteView(start).subspan(8, 2)) & 0x3FFF;
    }
    if (width == 0 || height == 0)
        return fail(Fault::BadInput, "it has no picture");
    Bytes body{flags, 0, 0, 0};
    addLittleEndian(body, width - 1, 3);
    addLittleEndian(body, height - 1, 3);
    return riffChunk("VP8X", textOf(body));
}

/// VP8X with the flag that announces XMP, or without.
Result<Splice> announced(const FilePlaces& file, const RiffChunk& head, bool xmp)
{
    Bytes flags = TRY(file.read(head.at + 8, 1));
    flags[0] = static_cast<std::uint8_t>(xmp ? flags[0] | xmpFlag : flags[0] & ~xmpFlag);
    return Splice{head.at + 8, 1, std::move(flags)};
}

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    const auto chunks = TRY(riffChunks(file));
    for (const RiffChunk& chunk : chunks) {
        if (chunk.name != "XMP " || chunk.length > 2 * mostBytes || chunks.front().name != "VP8X")
            continue;
        carried.embedded = readXmpPacket(textOf(TRY(file.read(chunk.at + 8, chunk.length))));
        if (carried.embedded.empty())
            continue;
        const RiffChunk& head = chunks.front();
        const bool wasSimple = chunks.size() == 3;
        const std::uint64_t removed = chunk.end() - chunk.at + (wasSimple ? head.end() - head.at : 0);
        carried.undo = {TRY(riffLength(file, -static_cast<std::int64_t>(removed))), wasSimple ? Splice{head.at, head.end() - head.at, {}} : TRY(announced(file, head, false)),
            {chunk.at, std::min(chunk.end(), file.size()) - chunk.at, {}}};
    }
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    const auto chunks = TRY(riffChunks(file));
    if (chunks.empty() || chunks.back().end() != file.size())
        return fail(Fault::BadInput, "its length is not the one that it names");
    const RiffChunk& first = chunks.front();
    if (std::any_of(chunks.begin(), chunks.end(), [](const RiffChunk& chunk) { return chunk.name == "XMP "; }))
        return fail(Fault::BadInput, "it carries a description (XMP) of another program already");
    Splice head = first.name == "VP8X" ? TRY(announced(file, first, true)) : Splice{first.at, 0, TRY(extendedHead(file, first))};
    Bytes packet = riffChunk("XMP ", xmpPacket(embedded));
    const std::size_t more = packet.size() + head.inserted.size() - head.removed;
    return std::vector<Splice>{TRY(riffLength(file, static_cast<std::int64_t>(more))), std::move(head), {file.size(), 0, std::move(packet)}};
}

} // namespace

const Container webp{"WebP", [](ByteView start) { const std::string text = textOf(start); return text.starts_with("RIFF") && text.substr(8, 4) == "WEBP"; }, find, put, nullptr};

} // namespace artdag::embed
