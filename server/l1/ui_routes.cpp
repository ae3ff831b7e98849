// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/ui_routes.h"

#include "server/l1/render_order.h"
#include "server/l1/renderer.h"
#include "server/l1/run_routes.h"
#include "server/l2/bodies.h"
#include "server/web/render_pages.h"

namespace artdag::server {

namespace {

constexpr int shownObjects = 50;

std::vector<std::string> mistakesOf(const Response& refusal)
{
    std::vector<std::string> mistakes;
    if (!refusal.problem)
        return mistakes;
    for (const Json& problem : refusal.problem->more.value("problems", Json::array()))
        mistakes.push_back((problem.value("line", 0) > 0 ? "line " + std::to_string(problem.value("line", 0)) + ": " : "") + problem.value("message", ""));
    if (mistakes.empty())
        mistakes.push_back(refusal.problem->detail);
    return mistakes;
}

} // namespace

Result<Response> getRunsPage(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    const std::vector<Run> runs = TRY(listRuns(*site.database, request.caller.userId, paging.before, paging.limit));
    const std::string next = static_cast<int>(runs.size()) == paging.limit ? site.renderer->options.prefix + "/ui?cursor=" + std::to_string(runs.back().createdAt) : "";
    return runsPage(site, request.caller.user, runs, next);
}

Result<Response> getRunPage(Site& site, const Request& request)
{
    RunPage page;
    page.run = TRY(runOfRequest(site, request));
    if (const auto text = readOwnText(site, page.run.userId, page.run.recipe))
        page.recipe = readRecipe(*text).recipe;
    if (page.run.content)
        if (const auto film = findObject(*site.database, *page.run.content))
            page.film = *film;
    return runPage(site, page);
}

Result<Response> getRecipesPage(Site& site, const Request& request)
{
    return recipesPage(site, TRY(listRecipes(*site.database, request.caller.userId, 0, 100)));
}

Result<Response> postRecipePage(Site& site, const Request& request)
{
    const std::string kept = formField(request.body, "recipe");
    const std::string text = formField(request.body, "text");
    Json document = kept;
    auto answered = [&]() -> Result<Response> {
        if (kept.empty())
            document = TRY(readJson(text));
        Request asked = request;
        asked.headers = {{"content-type", "application/json"}};
        asked.body = Json{{"recipe", document}}.dump();
        return postRun(site, asked);
    }();
    const Response answer = answered ? std::move(*answered) : problemOf(answered.error());
    if (answer.status == 202)
        return redirect(site.renderer->options.prefix + "/ui/runs/" + TRY(readJson(answer.body)).value("run_id", ""));
    return recipesPage(site, TRY(listRecipes(*site.database, request.caller.userId, 0, 100)), mistakesOf(answer), text);
}

Result<Response> getMediaPage(Site& site, const Request& request)
{
    ContentId after;
    if (const auto cursor = request.parameter("cursor"))
        after = TRY(strictName<ContentId>(*cursor));
    const std::vector<OwnObject> objects = TRY(listObjects(*site.database, request.caller.userId, after, shownObjects));
    return mediaPage(site, objects, static_cast<int>(objects.size()) == shownObjects ? site.renderer->options.prefix + "/ui/media?cursor=" + objects.back().id.hex() : "");
}

Result<Response> getProgressScript(Site&, const Request&)
{
    return textResponse(progressScript(), "text/javascript; charset=utf-8").with("Cache-Control", "public, max-age=3600");
}

} // namespace artdag::server
