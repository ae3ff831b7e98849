// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/serve_order.h"

#include "core/base/fault_words.h"
#include "core/worker/worker_media.h"
#include "core/workflow/effect_document.h"
#include "core/workflow/live_pieces.h"
#include "core/workflow/plan_report.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

namespace artdag {

namespace {

Json jsonOfProblems(const std::vector<Problem>& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back({{"severity", problem.severity == Problem::Severity::Error ? "error" : "warning"}, {"pointer", problem.pointer}, {"line", problem.line}, {"column", problem.column}, {"message", problem.message}, {"hint", problem.hint}});
    return list;
}

Json effectList()
{
    Json list = Json::array();
    for (const CatalogueEntry* entry : builtinEffects().search(""))
        list.push_back(effectDocument(*entry));
    return list;
}

Json membersOf(const Json& order, const char* name)
{
    return order.value(name, Json::object());
}

Result<RenderRequest> requestOf(const Json& order)
{
    RenderRequest request;
    request.recipeText = order.at("recipe").get<std::string>();
    const Json inputs = membersOf(order, "inputs"); // items() does not keep what it goes over
    for (const auto& [name, hash] : inputs.items())
        request.bindings.inputs.emplace(name, TRY(nameOfText<ContentId>(hash.get<std::string>())));
    const Json params = membersOf(order, "params");
    for (const auto& [name, value] : params.items())
        request.bindings.params.emplace(name, value);
    request.output = order.value("output", "");
    request.encode = order.value("encode", "");
    request.run.threads = order.value("threads", 0);
    request.run.memory = order.value("memory", std::size_t{0});
    return request;
}

/// The bytes that the recipe names come from the sender's files. They are not to be evicted while this process lives.
Result<std::unique_ptr<Hold>> takeObjects(const Json& order, Store& store)
{
    auto hold = store.hold();
    const Json objects = membersOf(order, "objects");
    for (const auto& [text, path] : objects.items()) {
        const auto id = TRY(nameOfText<ContentId>(text));
        if (!store.facts(id) && TRY(store.putFile(path.get<std::string>(), ObjectClass::Render)) != id)
            return fail(Fault::Corrupt, "object " + text + ": its bytes have changed");
        TRY(hold->add(id));
    }
    return hold;
}

/// What can be said before anything is planned: a plan of a boundless film would itself be one.
Result<void> checkLimits(const Graph& graph, const Json& limits)
{
    const Canvas& canvas = graph.canvas;
    const auto pixels = static_cast<std::int64_t>(canvas.width) * canvas.height;
    if (const auto most = limits.value("pixels", std::int64_t{0}); most > 0 && pixels > most)
        return fail(Fault::BadInput, fmt::format("canvas: {}×{} is more than the {} pixels that this renderer makes", canvas.width, canvas.height, most));
    const double seconds = static_cast<double>(canvas.duration) / static_cast<double>(flicksPerSecond);
    if (const auto most = limits.value("seconds", 0.0); most > 0 && seconds > most)
        return fail(Fault::BadInput, fmt::format("canvas: {:.1f} s are more than the {:g} s that this renderer makes", seconds, most));
    if (const auto most = limits.value("nodes", std::size_t{0}); most > 0 && graph.nodes.size() > most)
        return fail(Fault::BadInput, fmt::format("nodes: {} are more than the {} that this renderer takes", graph.nodes.size(), most));
    return {};
}

Result<Json> planned(const RenderRequest& request, Workspace& workspace)
{
    const PlannedRender look = TRY(lookAtRender(request, workspace));
    if (look.profile.folder)
        return fail(Fault::BadInput, "encode '" + look.profile.name + "': it gives a folder of files, and a renderer hands out one; choose another profile");
    Json plan = planReport(look, *workspace.store);
    plan["title"] = look.recipe.title;
    plan["run_key"] = runKeyOf(look, workspace).text();
    return Json{{"plan", std::move(plan)}};
}

Json jsonOf(const RunProgress& progress, const LivePieces& pieces, const std::string& extension)
{
    return {{"progress", Json{{"done", progress.framesDone}, {"total", progress.framesTotal}, {"seconds_left", progress.secondsLeft}, {"pieces", pieces.frames()}, {"sound", pieces.hasSound()}, {"extension", extension}}}};
}

Result<Json> rendered(RenderRequest request, Workspace& workspace, const std::filesystem::path& folder, const std::function<void(const Json&)>& say)
{
    const PlannedRender look = TRY(lookAtRender(request, workspace)); // for the extension of the file
    request.path = folder / ("film." + look.profile.extension);
    LivePieces pieces(look, *workspace.store, folder); // for who watches while it is made
    RunProgress last;
    request.run.progress = [&](const RunProgress& progress) {
        last = progress;
        pieces.look();
        say(jsonOf(progress, pieces, look.profile.extension));
    };
    const RenderedFilm film = TRY(renderRecipe(request, workspace));
    pieces.look();
    say(jsonOf(last, pieces, look.profile.extension));
    const std::filesystem::path digests = folder / "digests";
    TRY(writeFileAtomically(digests, bytesOfDigests(film.run.pictureDigests, film.run.soundDigests)));
    const RunResult& run = film.run;
    return Json{{"film", Json{{"path", film.path.string()}, {"digests", digests.string()}, {"manifest", film.manifest}, {"run_key", film.runKey.text()}, {"content_hash", film.contentHash.text()}, {"frames_hash", run.framesHash.text()}, {"frames", run.facts.frames}, {"frames_rendered", run.framesRendered}, {"chunks_rendered", run.chunksRendered}, {"chunks_cached", run.chunksCached}, {"seconds", run.seconds}}}};
}

Result<Json> answered(const Json& order, const CancelToken& cancel, const std::function<void(const Json&)>& say)
{
    const std::string what = order.at("do").get<std::string>();
    if (what == "effects")
        return Json{{"effects", effectList()}};
    WorkerOptions worker;
    if (rlimit own{}; ::getrlimit(RLIMIT_CPU, &own) == 0 && own.rlim_max != RLIM_INFINITY) // a child cannot have more than we
        worker.limits.cpuSeconds = std::min<std::uint64_t>(worker.limits.cpuSeconds, own.rlim_max);
    worker.cancel = cancel;
    worker.program = order.at("worker").get<std::string>();
    auto workspace = TRY(openWorkspace(order.at("home").get<std::string>(), workerOpener(worker)));
    workspace->catalogue.further = nullptr; // a filter of somebody else's library is not for strangers to run here
    if (order.contains("disk"))
        TRY(workspace->store->setDiskLimit(order["disk"].get<std::uint64_t>()));
    RenderRequest request = TRY(requestOf(order));
    request.run.cancel = cancel;
    const auto hold = TRY(takeObjects(order, *workspace->store));
    const OpenedRecipe opened = openRecipe(request.recipeText, *workspace, request.bindings);
    if (!opened.graph)
        return Json{{"problems", jsonOfProblems(opened.problems)}};
    TRY(checkLimits(*opened.graph, membersOf(order, "limits")));
    if (what == "plan")
        return planned(request, *workspace);
    return rendered(std::move(request), *workspace, order.at("folder").get<std::string>(), say);
}

} // namespace

void serveOrder(const Json& order, const CancelToken& cancel, const std::function<void(const Json&)>& say)
{
    auto answer = [&]() -> Result<Json> {
        try {
            return answered(order, cancel, say);
        } catch (const std::exception& error) { // a library's; ours do not throw
            return fail(Fault::Corrupt, std::string("render: ") + error.what());
        }
    }();
    say(answer ? *answer : Json{{"error", Json{{"fault", wordOf(answer.error().fault)}, {"message", answer.error().message}}}});
}

} // namespace artdag
