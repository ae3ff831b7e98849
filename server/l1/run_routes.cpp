// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/run_routes.h"

#include "core/base/files.h"
#include "core/provenance/run_attestation.h"
#include "server/db/jobs.h"
#include "server/db/objects.h"
#include "server/db/works.h"
#include "server/l1/release_bytes.h"
#include "server/l1/render_order.h"
#include "server/l1/render_queue.h"
#include "server/l1/renderer.h"
#include "server/l1/run_document.h"
#include "server/l2/bodies.h"

namespace artdag::server {

namespace {

Response tooMany(const std::string& why, int seconds)
{
    return problem(429, why).with("Retry-After", std::to_string(seconds));
}

/// A refusal that has the recipe's mistakes with it, or that one must wait.
Result<Response> refusalOf(const Error& error, Json problems)
{
    if (error.fault == Fault::Conflict) // the engine knows none: another look of this user's is under way
        return tooMany(error.message, 1);
    Response response = problemOf(error);
    if (problems.is_array() && response.problem)
        response.problem->more["problems"] = std::move(problems);
    return response;
}

Result<std::optional<Response>> refusalOfQueue(Site& site, std::int64_t userId)
{
    const RenderLimits& limits = site.renderer->options.limits;
    const WaitingRuns waiting = TRY(countWaiting(*site.database, userId));
    if (limits.queuedOfUser > 0 && waiting.ofUser >= limits.queuedOfUser)
        return std::optional(tooMany("You have " + std::to_string(waiting.ofUser) + " runs that wait or are under way, as many as one may have here. Try again when one is done.", 5));
    if (limits.queued > 0 && waiting.all >= limits.queued)
        return std::optional(tooMany("This renderer has all the work that it takes. Try again later.", 20));
    return std::optional<Response>();
}

Response accepted(const Site& site, const Run& run)
{
    return jsonResponse(runDocument(*site.renderer, run), 202).with("Location", site.renderer->options.baseUrl + "/runs/" + run.id);
}

std::string eventOf(const Json& document)
{
    return "event: " + document["status"].get<std::string>() + "\ndata: " + document.dump() + "\n\n";
}

} // namespace

Result<Run> runOfRequest(Site& site, const Request& request)
{
    return findRun(*site.database, request.capture("id"), request.caller.userId);
}

Result<Response> postRun(Site& site, const Request& request)
{
    const RenderWish wish = TRY(readWish(site, request));
    Json problems;
    const auto plan = planOfWish(site, request.caller.userId, wish, problems);
    if (!plan)
        return refusalOf(plan.error(), std::move(problems));
    Run run;
    run.recipe = TRY(keepText(site, request.caller.userId, wish.recipeText, recipeType));
    run.runKey = plan->at("run_key").get<std::string>();
    if (const auto known = TRY(findRunOfWork(*site.database, request.caller.userId, run.runKey, run.recipe)))
        return accepted(site, *known);
    if (auto full = TRY(refusalOfQueue(site, request.caller.userId))) // after what is known: who asks for a run again is told of it
        return std::move(*full);
    run.id = hexOf(secureRandom(16));
    run.userId = request.caller.userId;
    run.title = plan->value("title", "");
    run.request = wish.request;
    run.total = plan->value("frames", std::int64_t{0});
    run.createdAt = nowMicroseconds();
    TRY(addRun(*site.database, run));
    TRY(addJob(*site.database, runJob, run.id, Json::object(), run.createdAt));
    site.renderer->queue->wake();
    return accepted(site, run);
}

Result<Response> getRuns(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    const std::vector<Run> runs = TRY(listRuns(*site.database, request.caller.userId, paging.before, paging.limit));
    Json items = Json::array();
    for (const Run& run : runs)
        items.push_back(runDocument(*site.renderer, run));
    Json next;
    if (static_cast<int>(runs.size()) == paging.limit)
        next = site.renderer->options.baseUrl + "/runs?limit=" + std::to_string(paging.limit) + "&cursor=" + std::to_string(runs.back().createdAt);
    return jsonResponse(Json{{"items", std::move(items)}, {"next", next}});
}

Result<Response> getRun(Site& site, const Request& request)
{
    return jsonResponse(runDocument(*site.renderer, TRY(runOfRequest(site, request))));
}

Result<Response> getRunEvents(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    Response response;
    response.with("Content-Type", "text/event-stream").with("Cache-Control", "no-store").with("X-Accel-Buffering", "no");
    response.stream = [&site, id = run.id, user = run.userId, last = std::string(), over = false]() mutable -> std::optional<std::string> {
        if (over)
            return {};
        const auto now = findRun(*site.database, id, user);
        if (!now) // it was deleted meanwhile
            return {};
        over = now->isOver();
        std::string event = eventOf(runDocument(*site.renderer, *now));
        if (event == last)
            return std::string();
        last = event;
        return event;
    };
    return response;
}

Result<Response> getRunPlan(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    Json problems;
    auto plan = planOfWish(site, run.userId, {TRY(readOwnText(site, run.userId, run.recipe)), run.request}, problems);
    if (!plan)
        return refusalOf(plan.error(), std::move(problems));
    return jsonResponse(*plan);
}

Result<Response> getRunProvenance(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    if (!run.manifest)
        return fail(Fault::NotFound, "run '" + run.id + "': it has no manifest, for it gave no film");
    return textResponse(TRY(manifestBytes(*site.database, *run.manifest)), "application/json");
}

Result<Response> getRunAttestation(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    if (!run.manifest || !run.content)
        return fail(Fault::NotFound, "run '" + run.id + "': there is nothing to attest, for it gave no film");
    const std::string& base = site.renderer->options.baseUrl;
    RunCircumstances circumstances{base, base + "/runs/" + run.id, run.startedAt == 0 ? "" : isoTime(run.startedAt), run.finishedAt == 0 ? "" : isoTime(run.finishedAt), TRY(findObject(*site.database, *run.content)).sha256};
    const RunFacts facts = TRY(readManifest(TRY(readJson(TRY(manifestBytes(*site.database, *run.manifest))))));
    return jsonResponse(TRY(sealEnvelope(statementType, canonicalJson(runStatement(facts, *run.manifest, circumstances)), *site.renderer->key)));
}

Result<Response> postRunCancel(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    TRY(cancelRun(*site.database, run.id, run.userId));
    if (prefersHtml(request))
        return redirect(site.renderer->options.prefix + "/ui/runs/" + run.id);
    return jsonResponse(runDocument(*site.renderer, TRY(runOfRequest(site, request))));
}

Result<Response> deleteRun(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    if (!run.isOver())
        return fail(Fault::Conflict, "run '" + run.id + "': it is under way; cancel it first");
    if (run.content)
        if (const std::string work = TRY(workMadeOf(*site.database, run.userId, *run.content)); !work.empty())
            return fail(Fault::Conflict, "run '" + run.id + "': your work '" + work + "' is made of its film; withdraw it first");
    TRY(removeRun(*site.database, run.id, run.userId));
    std::error_code ignored;
    if (!site.renderer->queue->liveOf(run.runKey)) // left by a server that was killed
        std::filesystem::remove_all(site.renderer->folderOf(run.id), ignored);
    if (run.content && TRY(runMadeOf(*site.database, run.userId, *run.content)).empty())
        TRY(releaseBytes(site, run.userId, *run.content));
    if (prefersHtml(request))
        return redirect(site.renderer->options.prefix + "/ui");
    Response response;
    response.status = 204;
    return response;
}

Result<Response> postPlan(Site& site, const Request& request)
{
    Json problems;
    const auto plan = planOfWish(site, request.caller.userId, TRY(readWish(site, request)), problems);
    if (!plan)
        return refusalOf(plan.error(), std::move(problems));
    return jsonResponse(*plan);
}

} // namespace artdag::server
