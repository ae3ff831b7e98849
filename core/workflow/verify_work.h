// SPDX-License-Identifier: GPL-3.0-or-later
// Three questions about a film and its papers, three answers: are these the signed bytes, does the recipe give these
// pixels, is the file an encoding of these pixels. Never believes a cache.
#pragma once

#include "core/workflow/render_recipe.h"

#include <optional>
#include <string>
#include <vector>

namespace artdag {

struct VerifyRequest {
    std::filesystem::path film;
    ProvenanceFile provenance;
    std::map<std::string, ContentId> inputs; ///< besides those of the manifest, by port
    int sampleFrames = 0;                    ///< 0: render every frame; k: this many random ones
    RunOptions run;                          ///< useCache is ignored: nothing is read from a cache
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

struct VerifyReport {
    VerifyAnswer bytes, pixels, file;
    bool verified = false; ///< no answer is No, and the pixels are a Yes
    std::optional<std::int64_t> firstDifferingFrame;
    std::int64_t frames = 0, framesRendered = 0, cacheReads = 0;
    FramesHash framesHash; ///< of what was rendered here; null when only some frames were
};

/// BadInput or NotFound when there is nothing to verify with (no recipe, an input that is not at hand).
Result<VerifyReport> verifyWork(const VerifyRequest& request, Workspace& workspace);

} // namespace artdag
