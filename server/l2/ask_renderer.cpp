// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/ask_renderer.h"

#include "core/net/http_client.h"
#include "server/l2/bodies.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t longestRun = 1U << 20;

std::string withoutSlash(std::string_view url)
{
    while (url.ends_with('/'))
        url.remove_suffix(1);
    return std::string(url);
}

Result<HttpAnswer> ask(const Site& site, std::string_view renderer, const std::string& path, const std::string& token, HttpRequest request)
{
    const std::string base = withoutSlash(renderer);
    const std::vector<std::string> renderers = renderersOf(site);
    if (std::ranges::find(renderers, base) == renderers.end())
        return fail(Fault::Denied, "'l1_server': this server takes runs of " + renderers.front() + " and such as its owner named only");
    request.url = base + path;
    request.connectTime = std::chrono::seconds(5);
    request.stallTime = std::chrono::seconds(15);
    if (!token.empty())
        request.headers.emplace_back("Authorization", "Bearer " + token);
    auto answer = openHttpClient()->send(request);
    if (!answer)
        return fail(Fault::Unavailable, "renderer " + base + ": it does not answer");
    if (answer->status == 404 || answer->status == 401 || answer->status == 403)
        return fail(Fault::NotFound, "renderer " + base + ": it has nothing of that name for you");
    if (!answer->ok())
        return fail(Fault::Unavailable, "renderer " + base + ": it answered " + std::to_string(answer->status));
    return answer;
}

std::vector<std::string> textsOf(const Json& run, const char* name)
{
    std::vector<std::string> texts;
    const auto list = run.find(name);
    if (list == run.end())
        return texts;
    for (const auto& [key, item] : list->items()) // a list, or a map of names
        if (item.is_string() && texts.size() < 200 && item.get_ref<const std::string&>().size() <= 200)
            texts.push_back(item.get<std::string>());
    return texts;
}

Result<RendererRun> readRun(const Json& body, const std::string& runId)
{
    RendererRun run;
    run.id = runId;
    const std::string status = TRY(requiredText(body, "status", 40));
    if (status != "completed" && status != "cached")
        return fail(Fault::Conflict, "run '" + runId + "': it is " + status.substr(0, 20) + ", not completed");
    run.content = TRY(strictName<ContentId>(TRY(requiredText(body, "content_hash", 80))));
    if (const std::string frames = TRY(optionalText(body, "frames_hash", 80)); !frames.empty())
        run.framesHash = TRY(strictName<FramesHash>(frames));
    run.mediaType = TRY(optionalText(body, "media_type", 100));
    run.title = TRY(optionalText(body, "title", 200));
    const auto told = body.find("provenance");
    const Json& provenance = told != body.end() && told->is_object() ? *told : body;
    const auto recipe = provenance.find("recipe");
    run.recipe = recipe != provenance.end() && recipe->is_string() ? recipe->get<std::string>().substr(0, 200) : "";
    run.inputs = textsOf(provenance, "inputs");
    run.effects = textsOf(provenance, "effects");
    return run;
}

/// What the renderer's cache says of the bytes, when the run does not say it.
std::string cachedType(const Site& site, std::string_view renderer, const ContentId& id, const std::string& token)
{
    HttpRequest request;
    request.method = "HEAD";
    request.totalTime = std::chrono::seconds(10);
    const auto answer = ask(site, renderer, "/cache/" + id.hex(), token, std::move(request));
    return answer ? std::string(answer->header("content-type")) : std::string();
}

} // namespace

std::vector<std::string> renderersOf(const Site& site)
{
    std::vector<std::string> renderers;
    for (const std::string& url : site.options.renderers)
        renderers.push_back(withoutSlash(url));
    if (renderers.empty())
        renderers.push_back(site.instance.publicUrl + "/l1");
    return renderers;
}

Result<RendererRun> askForRun(const Site& site, std::string_view renderer, const std::string& runId, const std::string& token)
{
    const bool plain = !runId.empty() && runId.size() <= 100 && std::ranges::all_of(runId, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
    if (!plain)
        return fail(Fault::BadInput, "'run_id': letters, digits, - and _ only");
    HttpRequest request;
    request.limit = longestRun;
    request.totalTime = std::chrono::seconds(30);
    request.headers = {{"Accept", "application/json"}};
    const HttpAnswer answer = TRY(ask(site, renderer, "/runs/" + runId, token, std::move(request)));
    const auto body = readJson(answer.body, {longestRun, 32, 100'000});
    if (!body || !body->is_object())
        return fail(Fault::Unavailable, "renderer: what it said of the run is no JSON object");
    auto run = readRun(*body, runId);
    if (!run && run.error().fault == Fault::BadInput)
        return fail(Fault::Unavailable, "renderer: what it said of the run is malformed: " + run.error().message);
    if (run && run->mediaType.empty())
        run->mediaType = cachedType(site, renderer, run->content, token);
    return run;
}

Result<void> askForBytes(const Site& site, std::string_view renderer, const ContentId& id, const std::string& token, const std::filesystem::path& saveTo)
{
    HttpRequest request;
    request.limit = site.options.uploadLimit;
    request.saveTo = saveTo;
    TRY(ask(site, renderer, "/cache/" + id.hex(), token, std::move(request)));
    return {};
}

} // namespace artdag::server
