// SPDX-License-Identifier: GPL-3.0-or-later
// What a manifest cites as baked, baked again: films and sounds of bridges, decoded sounds, drawings. That another library or
// processor gives another film is no fault of a work; it is said all the same (spec: the bake rule).
#pragma once

#include "core/provenance/manifest.h"
#include "core/workflow/render_recipe.h"

#include <string>
#include <vector>

namespace artdag {

struct Rebaked {
    enum class Outcome {
        Same,    ///< the very bytes that are cited
        Differs, ///< other ones
        CannotTell,
    };
    std::string what; ///< as the manifest has it
    std::string node; ///< of a bridge; empty for media
    std::string by;   ///< who baked what is cited
    std::string here; ///< who baked it again; empty: nobody
    Outcome outcome = Outcome::CannotTell;
    std::string why; ///< it cannot be told
};
std::string wordsOf(const Rebaked& rebaked); ///< a sentence

/// Every bake that `facts` cites and the plan has, in the manifest's order. Each bridge is run on its inputs as they are cited,
/// with the filters of this machine. Cancelled is the only error: what cannot be baked here is said in its place.
Result<std::vector<Rebaked>> rebake(const RunFacts& facts, const PlannedRender& planned, Workspace& workspace, const CancelToken& cancel);

} // namespace artdag
