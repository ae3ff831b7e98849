// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/film_recipe.h"

#include "core/base/files.h"
#include "core/embed/embed.h"
#include "core/provenance/manifest.h"
#include "core/workflow/render_recipe.h"

namespace artdag {

namespace {

constexpr std::string_view suffix = ".provenance.json";

std::optional<Recipe> recipeOfText(const std::string& text)
{
    ReadRecipe read = readRecipe(text);
    return read.ok() ? std::optional(std::move(read.recipe)) : std::nullopt;
}

std::optional<Recipe> recipeOfProvenance(const std::filesystem::path& film)
{
    const bool itself = film.native().ends_with(suffix);
    const auto text = readTextFile(itself ? film : provenancePathOf(film));
    if (!text)
        return std::nullopt;
    const auto provenance = readProvenance(*text);
    const auto facts = provenance ? readManifest(provenance->manifest) : Result<RunFacts>(tl::unexpected(provenance.error()));
    if (!facts || ContentId{sha3(bytesOf(provenance->recipeText))} != facts->recipe.contentHash)
        return std::nullopt;
    if (!itself) {
        const auto bytes = contentIdOfFile(film);
        if (!bytes || *bytes != facts->output.contentHash)
            return std::nullopt; // of another film that had this name
    }
    return recipeOfText(provenance->recipeText);
}

} // namespace

std::optional<Recipe> recipeOfFilm(const std::filesystem::path& film)
{
    if (auto recipe = recipeOfProvenance(film))
        return recipe;
    const auto embedded = readEmbedded(film);
    return embedded && !embedded->recipe.empty() ? recipeOfText(embedded->recipe) : std::nullopt;
}

} // namespace artdag
