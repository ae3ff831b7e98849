// SPDX-License-Identifier: GPL-3.0-or-later
// plan → results in the store: renders what the plan's chunks lack, encodes them, keeps frame digests with them. The
// same bytes for every number of threads. Finished chunks are kept when a run is cancelled or fails.
#pragma once

#include "core/media/encode.h"
#include "core/picture/frame_digest.h"
#include "core/render/frame_server.h"
#include "core/render/run_room.h"

#include <functional>
#include <optional>
#include <vector>

namespace artdag {

struct RunProgress {
    std::int64_t framesDone = 0; ///< cached frames count as done
    std::int64_t framesTotal = 0;
    double framesPerSecond = 0;                   ///< of the frames that were rendered, over the last seconds
    double secondsLeft = -1;                      ///< −1 while it is not known
    std::int64_t chunksDone = 0, chunksTotal = 0; ///< pieces that are in the store, which a later run finds there
};

struct RunOptions {
    int threads = 0;         ///< 0: all cores
    std::size_t memory = 0;  ///< bytes it may use, as far as they can be foreseen (memory_budget.h); 0: half of the machine's
    bool useCache = true;    ///< false: verification renders everything
    bool pixelsOnly = false; ///< measure only: frames end at the encoder's door, nothing is hashed, encoded or stored
    CancelToken cancel;
    std::function<void(const RunProgress&)> progress; ///< called from the calling thread, at most 10 times a second
    /// Sees each picture that is rendered, as the encoder gets it, from pool threads and in any order of chunks.
    std::function<Result<void>(std::int64_t frame, const PackedPicture&)> watch;
};

/// What a run gave. Chunks and sound are objects of the store, or lie in the run's room.
struct RunResult {
    std::shared_ptr<RunRoom> room; ///< until the film is written
    bool uncached = false;         ///< the store had no room for all of it: the film is whole, but a later run makes it again
    std::vector<ContentId> chunks;
    std::optional<ContentId> sound;
    FramesFacts facts;
    std::optional<std::int64_t> delay; ///< by how many places the most delayed picture lies behind where it is decoded, where all chunks tell
    std::vector<Digest> pictureDigests;
    std::vector<Digest> soundDigests;
    std::vector<std::string> psnr; ///< of each chunk of a lossy profile (core/media/likeness.h), in decibels
    FramesHash framesHash;
    std::int64_t chunksCached = 0, chunksRendered = 0;
    std::int64_t piecesCopied = 0; ///< of other films, instead of chunks
    std::int64_t framesRendered = 0, cacheReads = 0;
    double seconds = 0;
};

/// Runs a plan; of a profile that copies, the sound only (copied_pictures.h). Errors name file, time and node; Cancelled within 500 ms of the token.
Result<RunResult> runPlan(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, Store& store, Sources& sources, const RunOptions& options);

/// Which of the plan's chunks are at hand.
std::vector<bool> cachedChunks(const Plan& plan, const EncodeProfile& profile, Store& store);

/// What the frames hash says of all frames, known before the run.
FramesFacts factsOfRun(const Plan& plan, const EncodeProfile& profile);

/// The words of FramesFacts::colour for a coding: `bt709 srgb limited`.
std::string colourWords(const Coding& coding);

} // namespace artdag
