// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes of the older project (DAG JSON, YAML, S-expressions) as recipes of ours. What has no counterpart is never lost
// silently: it is a note with its place, kept in the description. Never reads a file and never renders.
#pragma once

#include "core/base/result.h"
#include "core/effect/catalogue.h"
#include "core/recipe/recipe.h"

#include <string_view>
#include <vector>

namespace artdag {

struct Imported {
    Recipe recipe;              ///< checks, but for media that it does not name
    std::vector<Problem> notes; ///< what was left out or changed, with lines and columns
};

/// The form is told by the first character: `{` DAG JSON, `(` or `;` S-expressions, else YAML. Effects that the catalogue
/// lacks become notes. BadInput names line and column.
Result<Imported> importRecipe(std::string_view text, const Catalogue& effects);

} // namespace artdag
