// SPDX-License-Identifier: GPL-3.0-or-later
// A film whose pictures are those of other films, untouched: which stored pieces it is made of, and what is in them.
#pragma once

#include "core/media/stored_packets.h"
#include "core/render/media_sources.h"
#include "core/render/run_plan.h"

#include <vector>

namespace artdag {

/// Consecutive pictures of one film that are copied together.
struct CopiedPiece {
    std::shared_ptr<StoredPackets> film;
    ContentId media;
    std::int64_t first = 0; ///< of the film
    std::int64_t count = 0;
    std::int64_t frame = 0; ///< of the output, for `first`
};

/// The samples in which the first frame of an output lies in its film. BadInput names the node if it is computed.
Result<Coding> copiedCoding(const Plan& plan, MediaSources& sources);
/// The pieces of all frames. BadInput names node and frame where one must be coded again, and what to do.
Result<std::vector<CopiedPiece>> copiedPieces(const Plan& plan, MediaSources& sources);
/// The digests of all frames, in their order: those of a piece are decoded once and then remembered.
Result<std::vector<Digest>> copiedDigests(const std::vector<CopiedPiece>& pieces, const Coding& coding, Store& store, MediaSources& sources, const RunOptions& options, RunResult& result);

} // namespace artdag
