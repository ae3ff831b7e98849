// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe that a rendered film carries, so that a film dropped on the Studio can be opened as what made it.
#pragma once

#include "core/recipe/recipe.h"

#include <filesystem>
#include <optional>

namespace artdag {

/// From the provenance beside the film, or the file itself when it is a provenance, or what the film carries inside; none for other media. The
/// recipe's own fingerprint must be the one that the manifest names, if that is at hand.
std::optional<Recipe> recipeOfFilm(const std::filesystem::path& film);

} // namespace artdag
