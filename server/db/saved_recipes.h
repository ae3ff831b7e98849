// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes that a user keeps on a renderer under a name; the text is an object.
#pragma once

#include "core/base/digest.h"
#include "server/db/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct SavedRecipe {
    std::string id; ///< 128 random bits, hex
    std::string name;
    ContentId content;
    std::int64_t createdAt = 0;
};

Result<void> addRecipe(Database& database, std::int64_t userId, const SavedRecipe& recipe);
/// By id, or the newest of that name. NotFound for another user's.
Result<SavedRecipe> findRecipe(Database& database, std::int64_t userId, std::string_view idOrName);
Result<std::vector<SavedRecipe>> listRecipes(Database& database, std::int64_t userId, std::int64_t before, int limit);
Result<void> removeRecipe(Database& database, std::int64_t userId, std::string_view id);

} // namespace artdag::server
