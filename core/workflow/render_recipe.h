// SPDX-License-Identifier: GPL-3.0-or-later
// The product in one sentence: read, check, plan, run, mux, record, sign.
#pragma once

#include "core/identity/keys.h"
#include "core/render/run_plan.h"
#include "core/workflow/workspace.h"

#include <filesystem>
#include <string>

namespace artdag {

struct RenderRequest {
    std::string recipeText; ///< the exact bytes: their content id goes into the manifest
    RecipeBindings bindings;
    std::string output;                          ///< empty: the first
    std::string encode;                          ///< empty: the output's own
    std::filesystem::path path;                  ///< empty: `<output>.<extension>` in the current folder, or the folder `<output>`
    std::string createdAt;                       ///< RFC 3339 UTC; empty: now
    const SigningKey* key = nullptr;             ///< signs the manifest
    std::map<AnalysisKey, BakedFilm> baked = {}; ///< films of bridges as a manifest names them: see Bakes
    RunOptions run;
};

struct RenderedFilm {
    std::filesystem::path path;
    std::filesystem::path provenancePath; ///< `<path>.provenance.json`
    std::string output;
    std::string encode;
    RunKey runKey;
    ContentId contentHash;
    RunResult run;
    std::int64_t picturesDecoded = 0; ///< 0 for a second identical render
    Json manifest;                    ///< signed when a key was given
};

/// BadInput lists every error of the recipe, a line each. The film and its provenance appear only when complete.
Result<RenderedFilm> renderRecipe(const RenderRequest& request, Workspace& workspace);

/// The first half of the sentence: read, check, plan. For verification, which goes on by another way.
struct PlannedRender {
    Recipe recipe;
    EncodeProfile profile;
    std::shared_ptr<const Plan> plan;
};
Result<PlannedRender> planRender(const RenderRequest& request, Workspace& workspace);
/// The same for who only looks: analyses and films of bridges as far as the store has them, nothing is run.
Result<PlannedRender> lookAtRender(const RenderRequest& request, Workspace& workspace);
/// Names the work, before it is done.
RunKey runKeyOf(const PlannedRender& planned, const Workspace& workspace);
/// How a manifest names the decoded sound, the drawn picture of an input: this and the input's content id.
inline constexpr const char* bakedSoundOf = "sound of ";
inline constexpr const char* bakedPictureOf = "picture of ";
/// … the film or the sound that a bridge gave (this and the AnalysisKey of its work), and what was introspected of it (this and its name).
inline constexpr const char* bakedFilmOf = "film of ";
inline constexpr const char* filteredSoundOf = "filtered sound of ";
inline constexpr const char* descriptionOf = "description of ";
/// The frame digests object that a manifest cites: picture digests, then sound digests, 32 bytes each.
Bytes bytesOfDigests(const std::vector<Digest>& pictures, const std::vector<Digest>& sounds);

/// What lies beside a film: manifest, recipe text, frame digests and the public key, all that verify needs besides inputs.
struct ProvenanceFile {
    Json manifest;
    Json claim; ///< null before publication
    std::string recipeText;
    std::vector<Digest> pictureDigests, soundDigests;
    std::vector<PublicKey> keys;
};
/// Where it lies: `cat.mp4.provenance.json`; of a folder also beside it, written with a slash at its end or without.
std::filesystem::path provenancePathOf(const std::filesystem::path& film);
std::string writeProvenance(const ProvenanceFile& provenance);
Result<ProvenanceFile> readProvenance(std::string_view text);

} // namespace artdag
