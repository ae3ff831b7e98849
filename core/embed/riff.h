// SPDX-License-Identifier: GPL-3.0-or-later
// RIFF: chunks of a name, a length and bytes padded to an even number. Only for this room.
#pragma once

#include "core/embed/container.h"

namespace artdag::embed {

struct RiffChunk {
    std::string name;
    std::uint64_t at = 0;     ///< of its name
    std::uint64_t length = 0; ///< of its bytes, which begin 8 bytes later
    [[nodiscard]] std::uint64_t end() const { return at + 8 + length + length % 2; }
};

/// All chunks in order; BadInput when one leaves the file.
Result<std::vector<RiffChunk>> riffChunks(const FilePlaces& file);
Bytes riffChunk(std::string_view name, std::string_view bytes);
/// The length of the whole file after its first four bytes, for one that grows by `more`; BadInput beyond 4 GB.
Result<Splice> riffLength(const FilePlaces& file, std::int64_t more);

} // namespace artdag::embed
