// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/render_pages.h"

#include "server/l1/renderer.h"
#include "server/l1/run_document.h"
#include "server/web/layout.h"
#include "server/web/provenance_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace artdag::server {

namespace {

const std::string& prefixOf(const Site& site)
{
    return site.renderer->options.prefix;
}

std::string mainOf(const Site& site, std::string_view here, const std::string& html)
{
    std::string tabs;
    for (const auto& [path, words] : {std::pair{"/ui", "Runs"}, std::pair{"/ui/recipes", "Recipes"}, std::pair{"/ui/media", "Files"}, std::pair{"/logout", "Leave"}})
        tabs += fmt::format("<a href=\"{}{}\"{}>{}</a>", prefixOf(site), path, here == path ? " aria-current=\"page\"" : "", words);
    return "<main id=\"main\"><nav class=\"tabs\" aria-label=\"Renderer\">" + tabs + "</nav>" + html + "</main>";
}

std::string titleOf(const Run& run)
{
    return run.title.empty() ? "Untitled" : run.title;
}

/// `Done`, `Being made: 120 of 300 frames`
std::string stateWords(const Run& run)
{
    if (run.state == "queued")
        return "Waits for its turn";
    if (run.state == "running")
        return fmt::format("Being made: {} of {} frames", run.done, run.total);
    if (run.state == "failed")
        return "Failed";
    if (run.state == "cancelled")
        return "Cancelled";
    return run.state == "cached" ? "Done; it was made before" : "Done";
}

std::string leftWords(double seconds)
{
    if (seconds < 0)
        return {};
    return seconds < 90 ? fmt::format("about {} s left", std::lround(seconds)) : fmt::format("about {} min left", std::lround(seconds / 60));
}

std::string sizeWords(std::uint64_t bytes)
{
    return bytes < 1'000'000 ? fmt::format("{} kB", (bytes + 999) / 1000) : fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

/// `20 November 2026, 10:00`
std::string momentWords(std::int64_t time)
{
    return dateWords(time) + ", " + isoTime(time).substr(11, 5);
}

std::string button(const std::string& action, const char* words)
{
    return fmt::format("<form method=\"post\" action=\"{}\"><button class=\"button\">{}</button></form>", action, words);
}

std::string filmOf(const Site& site, const RunPage& page)
{
    const std::string stream = prefixOf(site) + "/runs/" + page.run.id + "/hls/index.m3u8";
    if (!page.film && !page.run.isOver() && page.run.total > 1) // shown by the script as soon as there is something to see
        return fmt::format("<video class=\"film\" id=\"live\" controls playsinline hidden data-stream=\"{0}\" aria-label=\"The film so far\"></video><noscript><p class=\"small\"><a href=\"{0}\">The film so far, as a stream</a></p></noscript>", stream);
    if (!page.film)
        return {};
    const std::string url = prefixOf(site) + "/cache/" + page.film->id.hex();
    if (page.film->type.starts_with("video/"))
        return fmt::format("<video class=\"film\" controls playsinline preload=\"metadata\"><source src=\"{}\" type=\"{}\"><source src=\"{}\" type=\"application/vnd.apple.mpegurl\"></video>", url, page.film->type, stream);
    if (page.film->type.starts_with("image/"))
        return fmt::format("<img class=\"film\" src=\"{}\" alt=\"{}\">", url, escapeHtml(titleOf(page.run)));
    if (page.film->type.starts_with("audio/"))
        return fmt::format("<audio controls src=\"{}\"></audio>", url);
    return {};
}

std::string progressOf(const Site& site, const Run& run)
{
    if (run.isOver())
        return fmt::format("<p class=\"lead\">{}</p>", stateWords(run));
    return fmt::format("<p class=\"lead\" id=\"state\" role=\"status\">{}</p><progress id=\"bar\" data-events=\"{}/runs/{}/events\" max=\"{}\" value=\"{}\" aria-label=\"Frames\"></progress><p class=\"small\" id=\"left\">{}</p>", stateWords(run),
        prefixOf(site), run.id, std::max<std::int64_t>(1, run.total), run.done, leftWords(secondsLeft(run, nowMicroseconds())));
}

std::string graphOf(const RunPage& page)
{
    if (!page.recipe)
        return {};
    const ProvenanceGraph graph = drawProvenance(*page.recipe, page.run.request.value("output", ""), "this film", std::to_string(page.run.total) + " frames");
    return graph.svg.empty() ? std::string() : "<h2>How it is made</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"How it is made\">" + graph.svg + "</div>";
}

std::string factsOf(const Site& site, const Run& run)
{
    std::string rows;
    auto row = [&](const char* name, const std::string& value) { rows += fmt::format("<dt>{}</dt><dd tabindex=\"0\">{}</dd>", name, escapeHtml(value)); };
    row("Run", run.id);
    row("Work", run.runKey);
    if (run.content)
        row("Film", run.content->text());
    if (run.framesHash)
        row("Frames", run.framesHash->text());
    std::string links = fmt::format("<a href=\"{0}/runs/{1}/plan\">Plan</a>", prefixOf(site), run.id);
    if (run.content)
        links += fmt::format(" <a href=\"{0}/cache/{2}?download\">Download</a> <a href=\"{0}/runs/{1}/provenance\">Signed provenance</a>", prefixOf(site), run.id, run.content->hex());
    return "<h2>Facts</h2><dl class=\"hashes\">" + rows + "</dl><p class=\"links\">" + links + "</p>";
}

/// The policy of a page that has our script.
Response withScript(Response response)
{
    for (auto& [name, value] : response.headers)
        if (name == "Content-Security-Policy")
            value += "; script-src 'self'; connect-src 'self'";
    return response;
}

} // namespace

Response runsPage(const Site& site, const std::string& user, const std::vector<Run>& runs, const std::string& next)
{
    std::string rows;
    for (const Run& run : runs)
        rows += fmt::format("<tr><td><a href=\"{}/ui/runs/{}\">{}</a></td><td>{}</td><td>{}</td></tr>", prefixOf(site), run.id, escapeHtml(titleOf(run)), stateWords(run), momentWords(run.createdAt));
    PageFrame frame;
    frame.title = "Runs";
    const std::string list = runs.empty() ? "<p class=\"none\">Nothing was rendered yet. Keep a recipe and render it, or send one with <code>artdag render RECIPE --on URL</code>.</p>"
                                          : "<table><thead><tr><th>Title</th><th>State</th><th>Sent</th></tr></thead><tbody>" + rows + "</tbody></table>";
    frame.main = mainOf(site, "/ui", "<h1>Runs</h1><p class=\"by\">of " + escapeHtml(user) + "</p>" + list + (next.empty() ? "" : "<p><a class=\"button\" href=\"" + escapeHtml(next) + "\">Earlier</a></p>"));
    return pageResponse(site, frame);
}

Response runPage(const Site& site, const RunPage& page)
{
    const Run& run = page.run;
    const std::string base = prefixOf(site) + "/runs/" + run.id;
    PageFrame frame;
    frame.title = titleOf(run);
    if (!run.isOver())
        frame.head = fmt::format("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript><script src=\"{}/ui/progress.js\" defer></script>", prefixOf(site));
    const std::string error = run.error.empty() ? "" : "<p class=\"problem\">" + escapeHtml(run.error) + "</p>";
    const std::string actions = run.isOver() ? button(base + "/delete", "Delete") : button(base + "/cancel", "Cancel");
    frame.main = mainOf(site, "", fmt::format("<h1>{}</h1><p class=\"by\">{}</p>{}{}{}<div class=\"actions\">{}</div>{}{}", escapeHtml(titleOf(run)), momentWords(run.createdAt), progressOf(site, run), error, filmOf(site, page), actions, graphOf(page), factsOf(site, run)));
    return withScript(pageResponse(site, frame));
}

Response recipesPage(const Site& site, const std::vector<SavedRecipe>& recipes, const std::vector<std::string>& mistakes, const std::string& text)
{
    std::string rows;
    for (const SavedRecipe& recipe : recipes)
        rows += fmt::format("<tr><td><a href=\"{0}/recipes/{1}\">{2}</a></td><td>{3}</td><td><form method=\"post\" action=\"{0}/ui/recipes\"><input type=\"hidden\" name=\"recipe\" value=\"{1}\"><button class=\"button\">Render</button></form></td></tr>",
            prefixOf(site), recipe.id, escapeHtml(recipe.name), momentWords(recipe.createdAt));
    std::string problems;
    for (const std::string& mistake : mistakes)
        problems += "<li>" + escapeHtml(mistake) + "</li>";
    PageFrame frame;
    frame.title = "Recipes";
    frame.status = mistakes.empty() ? 200 : 400;
    frame.main = mainOf(site, "/ui/recipes", fmt::format("<h1>Recipes</h1>{}<h2>Render a recipe</h2>{}<form method=\"post\" action=\"{}/ui/recipes\"><label for=\"text\">Its document</label><textarea id=\"text\" name=\"text\" rows=\"12\" spellcheck=\"false\" required>{}</textarea>"
                                                         "<button class=\"button main\">Render</button></form>",
                                                 rows.empty() ? "<p class=\"none\">You keep no recipe here.</p>" : "<table><thead><tr><th>Name</th><th>Kept</th><th></th></tr></thead><tbody>" + rows + "</tbody></table>", problems.empty() ? "" : "<ul class=\"problem\" role=\"alert\">" + problems + "</ul>", prefixOf(site), escapeHtml(text)));
    return pageResponse(site, frame);
}

Response mediaPage(const Site& site, const std::vector<OwnObject>& objects, const std::string& next)
{
    std::string rows;
    for (const OwnObject& object : objects)
        rows += fmt::format("<tr><td><a href=\"{}/cache/{}\"><code>{}</code></a></td><td>{}</td><td>{}</td><td>{}</td></tr>", prefixOf(site), object.id.hex(), shortHash(object.id.text()), escapeHtml(object.type), sizeWords(object.size), momentWords(object.createdAt));
    PageFrame frame;
    frame.title = "Files";
    frame.main = mainOf(site, "/ui/media", "<h1>Files</h1>" + (objects.empty() ? std::string("<p class=\"none\">You have brought nothing and rendered nothing yet.</p>") : "<table><thead><tr><th>Content</th><th>Type</th><th>Size</th><th>Since</th></tr></thead><tbody>" + rows + "</tbody></table>") + (next.empty() ? "" : "<p><a class=\"button\" href=\"" + escapeHtml(next) + "\">More</a></p>"));
    return pageResponse(site, frame);
}

Response attachPage(const Site& site, const std::string& user)
{
    std::string ways;
    for (const std::string& registry : site.renderer->options.registries)
        ways += fmt::format("<form method=\"get\" action=\"{}/auth\"><input type=\"hidden\" name=\"registry\" value=\"{}\"><button class=\"button main\">Come from {}</button></form>", prefixOf(site), escapeHtml(registry), escapeHtml(registry));
    PageFrame frame;
    frame.title = "Attach";
    frame.main = fmt::format("<main id=\"main\"><h1>Attach to this renderer</h1>{}<p>You log in at the server where your account is; this renderer never sees your password.</p>{}"
                             "<h2>With a token</h2><p class=\"small\">The operator of this renderer makes one with <code>artdagd l1-token</code>.</p>"
                             "<form method=\"post\" action=\"{}/auth\"><label for=\"token\">Token</label><input id=\"token\" name=\"token\" type=\"password\" autocomplete=\"off\" required><button class=\"button\">Attach</button></form></main>",
        user.empty() ? "" : "<p>You are here as <strong>" + escapeHtml(user) + "</strong>. <a href=\"" + prefixOf(site) + "/ui\">Your runs</a></p>", ways, prefixOf(site));
    Response response = pageResponse(site, frame);
    for (auto& [name, value] : response.headers) // a form may lead on to a registry
        if (name == "Content-Security-Policy")
            for (const std::string& registry : site.renderer->options.registries)
                if (const auto place = value.find("form-action 'self'"); place != std::string::npos)
                    value.insert(place + 18, " " + registry);
    return response.with("Referrer-Policy", "no-referrer");
}

Response leavePage(const Site& site, const std::string& user)
{
    PageFrame frame;
    frame.title = "Leave";
    frame.main = user.empty() ? fmt::format("<main id=\"main\"><h1>You are not attached</h1><p><a class=\"button\" href=\"{}/auth\">Attach</a></p></main>", prefixOf(site))
                              : mainOf(site, "/logout", fmt::format("<h1>Leave</h1><p>You are here as <strong>{}</strong>. Runs go on without you.</p>{}", escapeHtml(user), button(prefixOf(site) + "/logout", "Leave this renderer")));
    return pageResponse(site, frame);
}

const std::string& progressScript()
{
    static const std::string script = R"js(// SPDX-License-Identifier: GPL-3.0-or-later
const bar = document.getElementById("bar");
const film = document.getElementById("live");
let asked = 0;
const look = async () => {
  const url = film?.dataset.stream;
  if (!url || film.src || Date.now() - asked < 2000 || !film.canPlayType("application/vnd.apple.mpegurl")) return;
  asked = Date.now();
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok || film.src) return;
  film.src = url;
  film.hidden = false;
};
const show = event => {
  const run = JSON.parse(event.data);
  bar.max = Math.max(1, run.frames.total);
  bar.value = run.frames.done;
  if (run.status === "running") {
    look();
    document.getElementById("state").textContent = `Being made: ${run.frames.done} of ${run.frames.total} frames`;
    document.getElementById("left").textContent = run.eta_seconds === null ? "" : `about ${run.eta_seconds} s left`;
  }
};
if (bar) {
  const events = new EventSource(bar.dataset.events);
  for (const state of ["queued", "running"]) events.addEventListener(state, show);
  for (const state of ["completed", "cached", "failed", "cancelled"])
    events.addEventListener(state, event => { events.close(); if (!film?.currentTime) location.reload(); });
}
)js";
    return script;
}

std::string formField(std::string_view body, std::string_view name)
{
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) == name && equals < pair.size())
            return decodeForm(pair.substr(equals + 1)).value_or("");
    }
    return {};
}

} // namespace artdag::server
