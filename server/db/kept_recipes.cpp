// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/kept_recipes.h"

namespace artdag::server {

namespace {

constexpr const char* requestColumns = "SELECT user_id, users.name, recipe_requests.state, asked_at, coalesce(decided_at, 0) FROM recipe_requests JOIN users ON users.id = user_id ";

RecipeRequest requestOf(const Statement& row)
{
    return {row.integer(0), row.text(1), row.text(2), row.integer(3), row.integer(4)};
}

} // namespace

Result<void> keepWithWork(Database::Lease& lease, std::int64_t workId, std::string_view access, const std::vector<std::pair<ContentId, std::string>>& objects)
{
    auto* sweep = TRY(lease.statement("DELETE FROM kept_objects WHERE work_id = $1"));
    sweep->bind(1, workId);
    TRY(sweep->run());
    auto* keep = TRY(lease.statement("INSERT INTO kept_objects (work_id, sha3, role, access) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"));
    for (const auto& [id, role] : objects) {
        keep->reset();
        keep->bind(1, workId).bind(2, id.digest).bind(3, role).bind(4, access);
        TRY(keep->run());
    }
    return {};
}

Result<std::optional<KeptRecipe>> keptRecipeOf(Database& database, std::int64_t workId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT sha3, access FROM kept_objects WHERE work_id = $1 AND role = 'recipe'"));
    query->bind(1, workId);
    if (!TRY(query->step()))
        return std::optional<KeptRecipe>();
    KeptRecipe recipe{ContentId{TRY(query->digest(0))}, query->text(1)};
    query->reset();
    return std::optional(std::move(recipe));
}

Result<bool> isKeptWith(Database& database, std::int64_t workId, const ContentId& id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT 1 FROM kept_objects WHERE work_id = $1 AND sha3 = $2"));
    query->bind(1, workId).bind(2, id.digest);
    return query->step();
}

Result<bool> addRecipeRequest(Database::Lease& lease, std::int64_t workId, std::int64_t userId, std::int64_t now)
{
    auto* insert = TRY(lease.statement("INSERT INTO recipe_requests (work_id, user_id, state, asked_at) VALUES ($1, $2, 'asked', $3) ON CONFLICT DO NOTHING"));
    insert->bind(1, workId).bind(2, userId).bind(3, now);
    TRY(insert->run());
    return insert->changes() > 0;
}

Result<std::optional<RecipeRequest>> findRecipeRequest(Database::Lease& lease, std::int64_t workId, std::int64_t userId)
{
    auto* query = TRY(lease.statement(std::string(requestColumns) + "WHERE work_id = $1 AND user_id = $2"));
    query->bind(1, workId).bind(2, userId);
    if (!TRY(query->step()))
        return std::optional<RecipeRequest>();
    RecipeRequest request = requestOf(*query);
    query->reset();
    return std::optional(std::move(request));
}

Result<std::vector<RecipeRequest>> listRecipeRequests(Database::Lease& lease, std::int64_t workId)
{
    auto* query = TRY(lease.statement(std::string(requestColumns) + "WHERE work_id = $1 ORDER BY CASE WHEN recipe_requests.state = 'asked' THEN 0 ELSE 1 END, asked_at DESC, user_id LIMIT 1000"));
    query->bind(1, workId);
    std::vector<RecipeRequest> requests;
    while (TRY(query->step()))
        requests.push_back(requestOf(*query));
    return requests;
}

Result<bool> decideRecipeRequest(Database::Lease& lease, std::int64_t workId, std::int64_t userId, std::string_view state, std::int64_t now)
{
    auto* update = TRY(lease.statement("UPDATE recipe_requests SET state = $3, decided_at = $4 WHERE work_id = $1 AND user_id = $2 AND state <> $3"));
    update->bind(1, workId).bind(2, userId).bind(3, state).bind(4, now);
    TRY(update->run());
    return update->changes() > 0;
}

Result<std::int64_t> countRecipeRequests(Database::Lease& lease, std::int64_t userId, std::int64_t since)
{
    auto* query = TRY(lease.statement("SELECT count(*) FROM recipe_requests WHERE user_id = $1 AND asked_at >= $2"));
    query->bind(1, userId).bind(2, since);
    TRY(query->step());
    const std::int64_t count = query->integer(0);
    query->reset();
    return count;
}

Result<Json> recipeRequestsOf(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT owners.name, works.name, askers.name, recipe_requests.state, asked_at, coalesce(decided_at, 0) FROM recipe_requests JOIN works ON works.id = work_id "
                                      "JOIN users AS owners ON owners.id = works.owner_id JOIN users AS askers ON askers.id = recipe_requests.user_id WHERE recipe_requests.user_id = $1 OR works.owner_id = $1 ORDER BY asked_at"));
    query->bind(1, userId);
    Json list = Json::array();
    while (TRY(query->step()))
        list.push_back(Json{{"work", "@" + query->text(0) + "/" + query->text(1)}, {"by", query->text(2)}, {"state", query->text(3)}, {"asked_at", isoTime(query->integer(4))}, {"decided_at", query->integer(5) == 0 ? Json(nullptr) : Json(isoTime(query->integer(5)))}});
    return list;
}

} // namespace artdag::server
