// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/lineage.h"

#include "core/base/files.h"
#include "core/provenance/manifest.h"
#include "core/recipe/recipe.h"
#include "core/workflow/render_recipe.h"

namespace artdag {

namespace {

std::string joined(std::initializer_list<std::string> parts)
{
    std::string text;
    for (const std::string& part : parts) {
        if (!part.empty())
            text += (text.empty() ? "" : " · ") + part;
    }
    return text;
}

} // namespace

Result<std::vector<LineageLine>> readLineage(const std::filesystem::path& provenance)
{
    using Kind = LineageLine::Kind;
    const ProvenanceFile file = TRY(readProvenance(TRY(readTextFile(provenance))));
    const RunFacts facts = TRY(readManifest(file.manifest));
    std::vector<LineageLine> lines;
    lines.push_back({Kind::Recipe, facts.recipe.name, facts.recipe.author, facts.recipe.contentHash});
    for (const std::string& earlier : readRecipe(file.recipeText).recipe.derivedFrom) {
        if (const Result<ContentId> id = nameOfText<ContentId>(earlier))
            lines.push_back({Kind::Earlier, {}, {}, *id});
    }
    for (const ManifestInput& input : facts.inputs)
        lines.push_back({Kind::Input, input.name.empty() ? input.port : input.name, joined({input.owner, input.license, input.decoder}), input.contentHash});
    for (const ManifestEffect& effect : facts.effects)
        lines.push_back({Kind::Effect, effect.name, effect.version, effect.contentHash});
    for (const ManifestBake& bake : facts.baked)
        lines.push_back({Kind::Baked, bake.what, bake.by, bake.contentHash});
    lines.push_back({Kind::Software, facts.infrastructure.softwareName + " " + facts.infrastructure.softwareVersion, facts.infrastructure.encoder, {}});
    return lines;
}

} // namespace artdag
