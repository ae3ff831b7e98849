// SPDX-License-Identifier: GPL-3.0-or-later
// WAV: an XMP packet in the chunk `_PMX` at the end (XMP Specification part 3, 2.9), behind it Content Credentials in the chunk `C2PA` (C2PA 2.1 §A.3.5).
#include "core/embed/riff.h"

#include <algorithm>

namespace artdag::embed {

namespace {

constexpr std::string_view credentialsName = "C2PA";

Result<Carried> find(const FilePlaces& file)
{
    Carried carried;
    std::uint64_t removed = 0;
    for (const RiffChunk& chunk : TRY(riffChunks(file))) {
        bool isOurs = false;
        if (chunk.name == "_PMX" && chunk.length <= 2 * mostBytes && carried.embedded.empty()) {
            carried.embedded = readXmpPacket(textOf(TRY(file.read(chunk.at + 8, chunk.length))));
            isOurs = !carried.embedded.empty();
        } else if (chunk.name == credentialsName && chunk.length <= mostBytes) {
            isOurs = TRY(noteStore(carried, TRY(file.read(chunk.at + 8, chunk.length)), chunk.at, std::min(chunk.end(), file.size())));
        }
        if (!isOurs)
            continue;
        removed += chunk.end() - chunk.at;
        carried.undo.push_back({chunk.at, std::min(chunk.end(), file.size()) - chunk.at, {}});
    }
    if (removed > 0)
        carried.undo.insert(carried.undo.begin(), TRY(riffLength(file, -static_cast<std::int64_t>(removed))));
    return carried;
}

/// A chunk behind all that is there.
Result<std::vector<Splice>> append(const FilePlaces& file, Bytes chunk)
{
    const auto chunks = TRY(riffChunks(file));
    if (chunks.empty() || chunks.back().end() != file.size() || littleEndian(TRY(file.read(4, 4))) + 8 != file.size())
        return fail(Fault::BadInput, "its length is not the one that it names");
    return std::vector<Splice>{TRY(riffLength(file, static_cast<std::int64_t>(chunk.size()))), {file.size(), 0, std::move(chunk)}};
}

Result<std::vector<Splice>> put(const FilePlaces& file, const Embedded& embedded)
{
    return append(file, riffChunk("_PMX", xmpPacket(embedded)));
}

Result<PlacedStore> place(const FilePlaces& file, ByteView store)
{
    return PlacedStore{TRY(append(file, riffChunk(credentialsName, textOf(store)))), 1, file.size(), store.size() + 8}; // the byte that makes it even counts as the file's
}

} // namespace

const Container wav{"WAV", [](ByteView start) { const std::string text = textOf(start); return text.starts_with("RIFF") && text.substr(8, 4) == "WAVE"; }, find, put, place};

} // namespace artdag::embed
