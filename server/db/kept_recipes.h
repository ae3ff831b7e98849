// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes that are not everyone's: for followers, or for those whom the owner lets read it. They stand beside work_objects, not in
// it, so that no question about what is open can find them. And the people who asked for one, each once.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag::server {

/// In place of what was kept with the work before. `access`: `followers` or `request`.
Result<void> keepWithWork(Database::Lease& lease, std::int64_t workId, std::string_view access, const std::vector<std::pair<ContentId, std::string>>& objects);

struct KeptRecipe {
    ContentId id;
    std::string access; ///< `followers` or `request`
};
Result<std::optional<KeptRecipe>> keptRecipeOf(Database& database, std::int64_t workId);
/// True for the recipe and what was baked into it.
Result<bool> isKeptWith(Database& database, std::int64_t workId, const ContentId& id);

struct RecipeRequest {
    std::int64_t userId = 0;
    std::string user;  ///< name
    std::string state; ///< asked, granted, refused
    std::int64_t askedAt = 0, decidedAt = 0;
};
/// False when this account asked before, whatever became of it.
Result<bool> addRecipeRequest(Database::Lease& lease, std::int64_t workId, std::int64_t userId, std::int64_t now);
Result<std::optional<RecipeRequest>> findRecipeRequest(Database::Lease& lease, std::int64_t workId, std::int64_t userId);
/// Those that wait first, then newest first; at most 1,000.
Result<std::vector<RecipeRequest>> listRecipeRequests(Database::Lease& lease, std::int64_t workId);
/// False when it was so before, or the account never asked. `state`: granted or refused.
Result<bool> decideRecipeRequest(Database::Lease& lease, std::int64_t workId, std::int64_t userId, std::string_view state, std::int64_t now);
/// How often the account asked for a recipe since then.
Result<std::int64_t> countRecipeRequests(Database::Lease& lease, std::int64_t userId, std::int64_t since);

/// What the account asked for, and who asked it, for its export.
Result<Json> recipeRequestsOf(Database& database, std::int64_t userId);

} // namespace artdag::server
