// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/renderer_settings.h"

#include "core/worker/worker_process.h"

#include <algorithm>

namespace artdag::server {

bool hasRole(const std::vector<std::string>& roles, std::string_view role)
{
    return std::ranges::find(roles, role) != roles.end();
}

RendererOptions rendererOptions(const Settings& settings, const std::vector<std::string>& roles, const std::filesystem::path& worker, std::uint16_t port)
{
    RendererOptions renderer;
    const std::string url = publicUrl(settings, port);
    renderer.prefix = hasRole(roles, "l2") ? "/l1" : "";
    renderer.baseUrl = url + renderer.prefix;
    renderer.directory = dataDirectory(settings) / "l1";
    renderer.program = workerBesideThisProgram().parent_path() / "artdag-render";
    renderer.worker = worker;
    renderer.registries = settings.list("L2_SERVERS");
    for (std::string& registry : renderer.registries)
        while (registry.ends_with('/'))
            registry.pop_back();
    if (renderer.registries.empty() && hasRole(roles, "l2"))
        renderer.registries = {url};
    renderer.port = port;
    renderer.renders = static_cast<int>(settings.number("RENDERS"));
    renderer.threads = static_cast<int>(settings.number("RENDER_THREADS"));
    RenderLimits& limits = renderer.limits;
    limits.pixels = settings.number("MAX_RUN_PIXELS");
    limits.seconds = static_cast<double>(settings.number("MAX_RUN_DURATION"));
    limits.nodes = settings.number("MAX_RUN_NODES");
    limits.wallTime = std::chrono::seconds(settings.number("MAX_RUN_TIME"));
    limits.processorTime = 4 * limits.wallTime;
    limits.memory = static_cast<std::uint64_t>(settings.number("MAX_RUN_MEMORY")) << 20;
    limits.disk = static_cast<std::uint64_t>(settings.number("RENDER_DISK")) << 30;
    limits.queued = settings.number("MAX_RUNS");
    limits.queuedOfUser = settings.number("MAX_RUNS_OF_USER");
    return renderer;
}

} // namespace artdag::server
