// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/run_document.h"

#include <cmath>

namespace artdag::server {

namespace {

Json timeOrNull(std::int64_t time)
{
    return time == 0 ? Json() : Json(isoTime(time));
}

template <class N>
Json nameOrNull(const std::optional<N>& name)
{
    return name ? Json(name->text()) : Json();
}

} // namespace

double secondsLeft(const Run& run, std::int64_t now)
{
    if (run.state != "running" || run.done <= 0 || run.total <= 0 || run.startedAt == 0)
        return -1;
    const double elapsed = static_cast<double>(now - run.startedAt) / 1e6;
    return elapsed * static_cast<double>(run.total - run.done) / static_cast<double>(run.done);
}

Json runDocument(const Renderer& renderer, const Run& run)
{
    const std::string base = renderer.options.baseUrl;
    const std::string self = base + "/runs/" + run.id;
    const double left = secondsLeft(run, nowMicroseconds());
    Json document{{"run_id", run.id}, {"run_key", run.runKey}, {"status", run.state}, {"title", run.title}, {"output_name", run.request.value("output_name", "")}, {"recipe", run.recipe.text()},
        {"inputs", run.request.value("inputs", Json::object())}, {"params", run.request.value("params", Json::object())}, {"output", run.request.value("output", "")}, {"encode", run.request.value("encode", "")},
        {"frames", Json{{"done", run.done}, {"total", run.total}}}, {"eta_seconds", left < 0 ? Json() : Json(std::ceil(left))}, {"error", run.error.empty() ? Json() : Json(run.error)},
        {"content_hash", nameOrNull(run.content)}, {"frames_hash", nameOrNull(run.framesHash)}, {"manifest", nameOrNull(run.manifest)}, {"created_at", timeOrNull(run.createdAt)}, {"started_at", timeOrNull(run.startedAt)},
        {"finished_at", timeOrNull(run.finishedAt)}};
    Json links{{"self", self}, {"events", self + "/events"}, {"plan", self + "/plan"}, {"page", base + "/ui/runs/" + run.id}};
    if (run.content) {
        links["film"] = base + "/cache/" + run.content->hex();
        links["provenance"] = self + "/provenance";
        links["attestation"] = self + "/attestation";
    }
    document["links"] = std::move(links);
    return document;
}

} // namespace artdag::server
