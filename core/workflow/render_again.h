// SPDX-License-Identifier: GPL-3.0-or-later
// Renders a plan, or a random sample of its frames, into a store of its own that is thrown away: a verification neither
// reads the artist's cache nor leaves anything in it.
#pragma once

#include "core/workflow/delivered_film.h"
#include "core/workflow/render_recipe.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace artdag {

/// What of a plan to render. By default all of it.
struct FrameSample {
    bool all = true;
    std::set<std::int64_t> frames;   ///< single ones, beside those of `chunks`
    std::vector<std::size_t> chunks; ///< whole ones, by their index in the plan

    /// `count` different frames: randomBits(seed, 0), randomBits(seed, 1) … mod plan.frames, repeats passed over. With
    /// `wholeChunks` also all other frames of the chunks that the 1st, 31st, 61st … of them lie in.
    static FrameSample choose(const Plan& plan, int count, std::uint64_t seed, bool wholeChunks);
};

struct RenderedAgain {
    std::map<std::int64_t, Digest> pictures; ///< by frame
    std::vector<Digest> sounds;              ///< the sound is always rendered whole
    FramesHash framesHash;                   ///< null unless all was rendered
    /// Of each frame to the same one of the delivered film; 0 where that cannot be decoded. Empty when nobody asked.
    std::map<std::int64_t, double> likeness;
    std::map<std::size_t, ContentId> chunks; ///< encoded again, by their index in the plan: objects of `store`
    std::optional<ContentId> sound;          ///< encoded again
    std::filesystem::path film;              ///< all of it, or only the sound; empty when there is none
    ContentId filmHash;
    std::int64_t framesRendered = 0, cacheReads = 0;
    std::optional<TemporaryDirectory> directory; ///< of the store and the film
    std::unique_ptr<Store> store;
};

/// `delivered` may be null; with it each frame's likeness is measured. `encode` false: whole chunks of a sample are
/// rendered, but not encoded (another build made the film).
Result<RenderedAgain> renderAgain(const PlannedRender& planned, Workspace& workspace, const RunOptions& options, const FrameSample& sample, DeliveredFilm* delivered, bool encode);

/// Index of the plan's chunk that a frame lies in.
std::size_t chunkOf(const Plan& plan, std::int64_t frame);

} // namespace artdag
