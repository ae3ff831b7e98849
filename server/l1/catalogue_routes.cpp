// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/catalogue_routes.h"

#include "server/db/objects.h"
#include "server/db/runs.h"
#include "server/db/works.h"
#include "server/l1/render_order.h"
#include "server/l1/renderer.h"
#include "server/l2/openapi.h"
#include "server/web/layout.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

/// The engine is asked once: its effects do not change while it runs.
Result<Json> effectsOf(Renderer& renderer)
{
    {
        const std::lock_guard lock(renderer.mutex);
        if (!renderer.effects.is_null())
            return renderer.effects;
    }
    const Json answer = TRY(runOrder(
        planProcess(renderer), Json{{"do", "effects"}}, [](const Json&) {}, [] { return false; }));
    if (!answer.contains("effects"))
        return fail(Fault::Unavailable, "effects: the engine does not tell them now; try again");
    const std::lock_guard lock(renderer.mutex);
    renderer.effects = answer["effects"];
    return renderer.effects;
}

} // namespace

Result<Response> getRendererHealth(Site& site, const Request&)
{
    const WaitingRuns waiting = TRY(countWaiting(*site.database, 0)); // the database answers
    return jsonResponse(Json{{"status", "ok"}, {"version", ARTDAG_VERSION}, {"role", "l1"}, {"runs_waiting", waiting.all}}).with("Cache-Control", "no-store");
}

Result<Response> getRendererStatus(Site& site, const Request& request)
{
    if (!prefersHtml(request))
        return getRendererHealth(site, request);
    const WaitingRuns waiting = TRY(countWaiting(*site.database, 0));
    PageFrame frame;
    frame.title = "Renderer";
    const std::string& prefix = site.renderer->options.prefix;
    frame.main = fmt::format("<main id=\"main\"><h1>A renderer</h1><p>It turns recipes into films, and says with its signature how each was made. {} wait or are under way.</p>"
                             "<p><a class=\"button\" href=\"{}/ui\">Your runs</a> <a href=\"{}/docs\">Its API</a></p></main>",
        waiting.all == 1 ? "1 run" : std::to_string(waiting.all) + " runs", prefix, prefix);
    return pageResponse(site, frame);
}

Result<Response> getRendererApi(Site& site, const Request&)
{
    return jsonResponse(openApiDocument(site.renderer->options.baseUrl, rendererRoutes()));
}

Result<Response> getRendererDocs(Site& site, const Request&)
{
    std::string rows;
    for (const Route& route : rendererRoutes())
        rows += fmt::format("<tr><td><code>{}</code></td><td><code>{}</code></td><td>{}</td></tr>", route.method, escapeHtml(route.path), escapeHtml(route.words.summary));
    PageFrame frame;
    frame.title = "API of this renderer";
    frame.main = fmt::format("<main id=\"main\"><h1>API of this renderer</h1><p>Base: <code>{}</code>. For machines: <a href=\"{}/openapi.json\">OpenAPI 3.1</a>.</p><table><thead><tr><th>Method</th><th>Path</th><th>What</th></tr></thead><tbody>{}</tbody></table></main>",
        escapeHtml(site.renderer->options.baseUrl), site.renderer->options.prefix, rows);
    return pageResponse(site, frame);
}

Result<Response> getEffects(Site& site, const Request&)
{
    return jsonResponse(Json{{"effects", TRY(effectsOf(*site.renderer))}});
}

Result<Response> getEffect(Site& site, const Request& request)
{
    const Json effects = TRY(effectsOf(*site.renderer));
    for (const Json& effect : effects)
        if (effect["name"] == request.capture("name"))
            return jsonResponse(effect);
    return fail(Fault::NotFound, "effect '" + request.capture("name").substr(0, 64) + "': there is none of that name");
}

Result<Response> getNamedAssets(Site& site, const Request& request)
{
    WorkFilter filter;
    filter.limit = 100;
    Json items = Json::array();
    for (const Work& work : TRY(listWorks(*site.database, filter)))
        if (findObject(*site.database, work.content))
            items.push_back({{"name", work.name}, {"owner", work.owner}, {"title", work.title}, {"content_hash", work.content.text()}, {"asset_type", work.assetType}});
    (void)request;
    return jsonResponse(Json{{"items", std::move(items)}});
}

} // namespace artdag::server
