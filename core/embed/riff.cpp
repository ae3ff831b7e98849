// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/riff.h"

#include <limits>

namespace artdag::embed {

Result<std::vector<RiffChunk>> riffChunks(const FilePlaces& file)
{
    std::vector<RiffChunk> chunks;
    for (std::uint64_t at = 12; at + 8 <= file.size();) {
        const Bytes head = TRY(file.read(at, 8));
        const RiffChunk chunk{textOf(ByteView(head).first(4)), at, littleEndian(ByteView(head).subspan(4))};
        if (chunk.at + 8 + chunk.length > file.size())
            return fail(Fault::BadInput, "it ends within its chunk '" + chunk.name + "'");
        if (chunks.size() == mostParts)
            return fail(Fault::BadInput, "it has more than a million chunks");
        chunks.push_back(chunk);
        at = chunk.end();
    }
    return chunks;
}

Bytes riffChunk(std::string_view name, std::string_view bytes)
{
    Bytes chunk;
    add(chunk, name);
    addLittleEndian(chunk, bytes.size(), 4);
    add(chunk, bytes);
    if (bytes.size() % 2 != 0)
        chunk.push_back(0);
    return chunk;
}

Result<Splice> riffLength(const FilePlaces& file, std::int64_t more)
{
    const std::int64_t length = static_cast<std::int64_t>(littleEndian(TRY(file.read(4, 4)))) + more;
    if (length > std::numeric_limits<std::uint32_t>::max())
        return fail(Fault::BadInput, "it would be longer than 4 GB, which its kind cannot be; publish it with `--embed none`");
    Splice splice{4, 4, {}};
    addLittleEndian(splice.inserted, static_cast<std::uint64_t>(length), 4);
    return splice;
}

} // namespace artdag::embed
