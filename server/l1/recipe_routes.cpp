// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/recipe_routes.h"

#include "core/base/files.h"
#include "server/db/saved_recipes.h"
#include "server/l1/render_order.h"
#include "server/l1/renderer.h"
#include "server/l2/bodies.h"

namespace artdag::server {

namespace {

Json recipeJson(const Site& site, const SavedRecipe& recipe)
{
    return {{"recipe_id", recipe.id}, {"name", recipe.name}, {"content_hash", recipe.content.text()}, {"created_at", isoTime(recipe.createdAt)}, {"url", site.renderer->options.baseUrl + "/recipes/" + recipe.id}};
}

} // namespace

/// `{"name": …, "recipe": document or content id}`. Mistakes in it are no reason not to keep it.
Result<Response> postRecipe(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    SavedRecipe recipe;
    const Json given = body.value("recipe", Json());
    if (given.is_object() && given.contains("artdag")) {
        recipe.content = TRY(keepText(site, request.caller.userId, given.dump(2) + "\n", recipeType));
    } else if (given.is_string()) {
        recipe.content = TRY(strictName<ContentId>(given.get_ref<const std::string&>()));
        TRY(readJson(TRY(readOwnText(site, request.caller.userId, recipe.content))));
    } else {
        return fail(Fault::BadInput, "'recipe': must be a recipe document or the content id of one");
    }
    recipe.name = TRY(optionalText(body, "name", 120, given.is_object() && given.contains("title") && given["title"].is_string() ? given["title"].get<std::string>().substr(0, 120) : "recipe"));
    recipe.id = hexOf(secureRandom(16));
    recipe.createdAt = nowMicroseconds();
    TRY(addRecipe(*site.database, request.caller.userId, recipe));
    return jsonResponse(recipeJson(site, recipe), 201).with("Location", site.renderer->options.baseUrl + "/recipes/" + recipe.id);
}

Result<Response> getRecipes(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    const std::vector<SavedRecipe> recipes = TRY(listRecipes(*site.database, request.caller.userId, paging.before, paging.limit));
    Json items = Json::array();
    for (const SavedRecipe& recipe : recipes)
        items.push_back(recipeJson(site, recipe));
    Json next;
    if (static_cast<int>(recipes.size()) == paging.limit)
        next = site.renderer->options.baseUrl + "/recipes?limit=" + std::to_string(paging.limit) + "&cursor=" + std::to_string(recipes.back().createdAt);
    return jsonResponse(Json{{"items", std::move(items)}, {"next", next}});
}

Result<Response> getRecipe(Site& site, const Request& request)
{
    const SavedRecipe recipe = TRY(findRecipe(*site.database, request.caller.userId, request.capture("id")));
    Json answer = recipeJson(site, recipe);
    answer["recipe"] = TRY(readJson(TRY(readOwnText(site, request.caller.userId, recipe.content))));
    return jsonResponse(answer);
}

Result<Response> deleteRecipe(Site& site, const Request& request)
{
    TRY(removeRecipe(*site.database, request.caller.userId, request.capture("id")));
    Response response;
    response.status = 204;
    return response;
}

} // namespace artdag::server
