// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prepared_recipe.h"

#include "core/render/ready_plan.h"
#include "ui/display_image.h"
#include "ui/graph_wiring.h"

namespace artdag {

Result<std::shared_ptr<FrameServer>> PreparedRecipe::make(Server& entry, const PreviewTarget& target, double scale) const
{
    OpenedRecipe opened = openRecipe(partFor(*recipe, target.picture, target.sound), *workspace);
    if (!opened.graph) {
        for (const Problem& problem : opened.problems) {
            if (problem.severity == Problem::Severity::Error)
                return fail(Fault::BadInput, problem.message);
        }
        return fail(Fault::BadInput, "recipe: it cannot be shown yet");
    }
    entry.sources = previewSources(*opened.graph, scale, *workspace->sources, *shelf);
    auto plan = TRY(makeReadyPlan(opened.graph, "preview", *entry.sources, workspace->store.get(), {.scale = scale}));
    return std::make_shared<FrameServer>(std::move(plan), *entry.sources, cache);
}

std::optional<PreviewPicture> PreparedRecipe::nearest(const PreviewTarget& target, std::int64_t frame, double scale, std::int64_t reach)
{
    const auto made = server(target, scale);
    if (!made || !(*made)->plan().output.picture)
        return std::nullopt;
    const Plan& plan = (*made)->plan();
    const auto cached = [&](std::int64_t at) { return at < 0 || at >= plan.frames ? nullptr : cache->find(plan.outputFrameKey(at)); };
    if (cached(frame) != nullptr)
        return std::nullopt;
    for (std::int64_t away = 1; away <= reach; ++away)
        for (const std::int64_t at : {frame - away, frame + away})
            if (const PicturePointer picture = cached(at))
                return PreviewPicture{displayImage(*picture, target.channels), at, scale, 0, picture};
    return std::nullopt;
}

bool PreparedRecipe::forgetLost()
{
    const std::lock_guard lock(mutex);
    bool lost = false;
    for (const auto& [key, entry] : servers)
        for (const auto& [media, proxy] : entry->sources != nullptr ? entry->sources->proxies() : ProxySources::Proxies())
            if (proxy->isLost()) {
                shelf->forget(media);
                lost = true;
            }
    return lost;
}

Result<std::shared_ptr<FrameServer>> PreparedRecipe::server(const PreviewTarget& target, double scale)
{
    const std::string key = (target.picture ? target.picture->text() : "") + "|" + (target.sound ? target.sound->text() : "") + "|" + std::to_string(scale);
    std::shared_ptr<Server> entry;
    {
        const std::lock_guard lock(mutex);
        auto& slot = servers[key];
        if (!slot)
            slot = std::make_shared<Server>();
        entry = slot;
        entry->used = ++m_asks;
    }
    std::call_once(entry->once, [&] {
        entry->server = make(*entry, target, scale);
        const std::lock_guard lock(mutex);
        entry->nodes = *entry->server ? (**entry->server)->plan().nodes.size() : 1;
        dropOldest(*entry);
    });
    if (!*entry->server)
        return *entry->server;
    return std::shared_ptr<FrameServer>(entry, (*entry->server)->get()); // with its sources
}

void PreparedRecipe::dropOldest(const Server& but)
{
    std::size_t nodes = 0;
    for (const auto& [key, each] : servers)
        nodes += each->nodes;
    while (nodes > mostNodes) {
        auto oldest = servers.end();
        for (auto each = servers.begin(); each != servers.end(); ++each)
            if (each->second->nodes > 0 && each->second.get() != &but && (oldest == servers.end() || each->second->used < oldest->second->used))
                oldest = each;
        if (oldest == servers.end())
            return; // only those that are being made
        nodes -= oldest->second->nodes;
        servers.erase(oldest);
    }
}

} // namespace artdag
