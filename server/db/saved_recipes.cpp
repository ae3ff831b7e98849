// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/saved_recipes.h"

namespace artdag::server {

namespace {

Result<SavedRecipe> recipeAt(const Statement& row)
{
    return SavedRecipe{row.text(0), row.text(1), ContentId{TRY(row.digest(2))}, row.integer(3)};
}

} // namespace

Result<void> addRecipe(Database& database, std::int64_t userId, const SavedRecipe& recipe)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO recipes (id, user_id, name, content, created_at) VALUES ($1, $2, $3, $4, $5)"));
    insert->bind(1, recipe.id).bind(2, userId).bind(3, recipe.name).bind(4, recipe.content.digest).bind(5, recipe.createdAt);
    return insert->run();
}

Result<SavedRecipe> findRecipe(Database& database, std::int64_t userId, std::string_view idOrName)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT id, name, content, created_at FROM recipes WHERE user_id = $1 AND (id = $2 OR name = $2) ORDER BY CASE WHEN id = $2 THEN 0 ELSE 1 END, created_at DESC LIMIT 1"));
    query->bind(1, userId).bind(2, idOrName);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "recipe '" + std::string(idOrName.substr(0, 80)) + "': you have none of that id or name here");
    auto recipe = recipeAt(*query);
    query->reset();
    return recipe;
}

Result<std::vector<SavedRecipe>> listRecipes(Database& database, std::int64_t userId, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT id, name, content, created_at FROM recipes WHERE user_id = $1 AND created_at < $2 ORDER BY created_at DESC, id LIMIT $3"));
    query->bind(1, userId).bind(2, before == 0 ? INT64_MAX : before).bind(3, limit);
    std::vector<SavedRecipe> recipes;
    while (TRY(query->step()))
        recipes.push_back(TRY(recipeAt(*query)));
    return recipes;
}

Result<void> removeRecipe(Database& database, std::int64_t userId, std::string_view id)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM recipes WHERE user_id = $1 AND id = $2"));
    sweep->bind(1, userId).bind(2, id);
    TRY(sweep->run());
    if (sweep->changes() == 0)
        return fail(Fault::NotFound, "recipe '" + std::string(id.substr(0, 80)) + "': you have none of that id here");
    return {};
}

} // namespace artdag::server
