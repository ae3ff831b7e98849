// SPDX-License-Identifier: GPL-3.0-or-later
// WAV: an XMP packet in the chunk `_PMX` at the end (XMP Specification part 3, 2.9).
#include "core/embed/riff.h"

namespace artdag::embed {

namespace {

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    for (const RiffChunk& chunk : TRY(riffChunks(file))) {
        if (chunk.name != "_PMX" || chunk.length > 2 * mostBytes)
            continue;
        carried.embedded = readXmpPacket(textOf(TRY(file.read(chunk.at + 8, chunk.length))));
        if (!carried.embedded.empty())
            carried.undo = {TRY(riffLength(file, -static_cast<std::int64_t>(chunk.end() - chunk.at))), {chunk.at, std::min(chunk.end(), file.size()) - chunk.at, {}}};
    }
    return carried;
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    const auto chunks = TRY(riffChunks(file));
    if (chunks.empty() || chunks.back().end() != file.size() || littleEndian(TRY(file.read(4, 4))) + 8 != file.size())
        return fail(Fault::BadInput, "its length is not the one that it names");
    Bytes chunk = riffChunk("_PMX", xmpPacket(embedded));
    return std::vector<Splice>{TRY(riffLength(file, static_cast<std::int64_t>(chunk.size()))), {file.size(), 0, std::move(chunk)}};
}

} // namespace

const Container wav{"WAV", [](ByteView start) { const std::string text = textOf(start); return text.starts_with("RIFF") && text.substr(8, 4) == "WAVE"; }, find, put};

} // namespace artdag::embed
