// SPDX-License-Identifier: GPL-3.0-or-later
// Three questions about a film and its papers, three answers: are these the signed bytes, does the recipe give these
// pixels, is the file an encoding of these pixels. Never believes a cache.
#pragma once

#include "core/provenance/reverification.h"
#include "core/workflow/rebake.h"
#include "core/workflow/render_recipe.h"

#include <optional>
#include <string>
#include <vector>

namespace artdag {

struct VerifyRequest {
    std::filesystem::path film;
    ProvenanceFile provenance;
    std::map<std::string, ContentId> inputs; ///< besides those of the manifest, by port
    int sampleFrames = 0;                    ///< 0: render every frame; k: this many random ones. The sound is always rendered
    std::optional<std::uint64_t> seed;       ///< chooses them; none: a fresh one, which the report tells
    std::filesystem::path differences;       ///< where the pictures of the first differing frame go; empty: nowhere
    RunOptions run;                          ///< useCache is ignored: nothing is read from a cache
    std::string whyNoRecipe;                 ///< why the recipe is not at hand, in words: then the pixels cannot be told of, and nothing is rendered
    bool rebake = false;                     ///< what is cited as baked is baked again here, for the report
};

struct VerifyAnswer {
    enum class Verdict {
        Yes,
        No,
        CannotTell,
    };
    std::string question;
    Verdict verdict = Verdict::CannotTell;
    std::vector<std::string> words; ///< what was found, a sentence each
};

/// How like the rendered frames the delivered ones of a chunk are, in decibels (core/media/likeness.h).
struct ChunkLikeness {
    std::size_t chunk = 0;
    bool whole = false;          ///< of all its frames; else of the sampled ones, which may all be better than its least
    std::int64_t leastFrame = 0; ///< the frame that is least like
    double measured = 0;
    std::optional<double> recorded; ///< in the manifest
};

struct VerifyReport {
    VerifyAnswer bytes, pixels, file;
    bool verified = false; ///< no answer is No, and the pixels are a Yes
    std::optional<std::int64_t> firstDifferingFrame;
    std::vector<std::filesystem::path> differences; ///< written: expected, got, difference; without `got` where it cannot be decoded
    std::int64_t frames = 0, framesRendered = 0, cacheReads = 0;
    std::optional<std::uint64_t> seed; ///< when frames were chosen at random
    bool soundRendered = false;
    std::vector<ChunkLikeness> likeness; ///< when a lossy film was compared by it
    FramesHash framesHash;               ///< of what was rendered here; null when only some frames were
    std::vector<Rebaked> rebaked;        ///< where it was asked for; no answer depends on it
};

/// BadInput or NotFound when there is nothing to verify with (no recipe, an input that is not at hand).
Result<VerifyReport> verifyWork(const VerifyRequest& request, Workspace& workspace);

/// What a report says of a manifest, to be signed by who verified. `createdAt` RFC 3339, UTC.
Result<Json> attestReport(const VerifyReport& report, const Json& manifest, const std::string& createdAt);

} // namespace artdag
