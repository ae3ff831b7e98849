// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe with all it names in one folder that can be given away, and taking it up again on another machine. What is named
// by content needs no paths: a file is the right one when its bytes are.
#pragma once

#include "core/workflow/workspace.h"

#include <filesystem>
#include <vector>

namespace artdag {

/// Every object that a recipe names to be read: media, fonts, tables; not what it is derived from. Each once, in order.
std::vector<ContentId> objectsOf(const Recipe& recipe);

struct PackedRecipe {
    std::filesystem::path recipe;             ///< in the folder
    std::vector<std::filesystem::path> files; ///< copies, in `media` below it
    std::uint64_t bytes = 0;                  ///< of the copies
};

/// Writes the recipe into a folder that is made for it, and copies of its objects below. Conflict when something is there
/// already; NotFound names the object that the store lacks, and leaves nothing behind.
Result<PackedRecipe> packRecipe(Workspace& workspace, const Recipe& recipe, const std::filesystem::path& folder);

/// Takes what a recipe names and the store lacks from `media` beside its file, by content; the ids that were found there.
/// A file that has another content than its name says is left alone.
Result<std::vector<ContentId>> takeMediaBeside(Workspace& workspace, const Recipe& recipe, const std::filesystem::path& file);

} // namespace artdag
