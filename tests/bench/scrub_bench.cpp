// SPDX-License-Identifier: GPL-3.0-or-later
// The row scrub_warm of ./run bench: how long a running engine takes for a frame that it is asked for out of order, at
// preview size, as the viewer asks, in ms; `cpu` is of all threads. scrub_bench RECIPE FRAMES SEED proxies|originals NAME=PATH … prints one JSON object.
#include "core/base/random.h"
#include "core/picture/picture.h"
#include "core/render/proxy_sources.h"
#include "core/render/ready_plan.h"
#include "core/workflow/make_proxies.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace artdag;

namespace {

template <class T>
T orExit(Result<T> result)
{
    if (result)
        return std::move(*result);
    fmt::print(stderr, "scrub_bench: {}\n", result.error().message);
    std::exit(1);
}

double since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// All frames in an order that `seed` chooses.
std::vector<std::int64_t> shuffled(std::int64_t frames, std::uint64_t seed)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(frames));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::int64_t frame) { return randomBits(seed, static_cast<std::uint64_t>(frame), 0); });
    return order;
}

double part(const std::vector<double>& sorted, double of)
{
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(of * static_cast<double>(sorted.size())))];
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 5) {
        fmt::print(stderr, "usage: scrub_bench RECIPE FRAMES SEED proxies|originals NAME=PATH ...\n");
        return 2;
    }
    auto workspace = orExit(openWorkspace());
    RecipeBindings bindings;
    for (int i = 5; i < argc; ++i) {
        const std::string_view word = argv[i];
        bindings.inputs[std::string(word.substr(0, word.find('=')))] = orExit(importMedia(*workspace, word.substr(word.find('=') + 1)));
    }
    const OpenedRecipe opened = openRecipe(orExit(readTextFile(argv[1])), *workspace, bindings);
    CHECK(opened.graph != nullptr);
    double making = 0;
    if (std::string_view(argv[4]) == "proxies")
        for (const MadeProxy& one : orExit(makeProxies(*workspace, filmsOf(*opened.graph), true, {}, [](double) {})))
            making += one.seconds;
    ProxyShelf shelf(*workspace->store);
    const auto sources = previewSources(*opened.graph, proxyScale, *workspace->sources, shelf);
    const auto plan = orExit(makeReadyPlan(opened.graph, {}, *sources, nullptr, {.scale = proxyScale}));
    FrameServer server(plan, *sources, std::make_shared<FrameCache>(std::size_t{256} << 20), FrameServer::Keep::Everything);
    std::vector<std::int64_t> order = shuffled(plan->frames, std::strtoull(argv[3], nullptr, 10));
    order.resize(std::min(order.size(), static_cast<std::size_t>(std::max(1, std::atoi(argv[2])))));
    std::vector<double> times;
    std::vector<std::uint8_t> screen;
    const std::size_t first = order.size() / 5; // the first ones fill the memory of an engine that has just begun
    std::clock_t cpu = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == first)
            cpu = std::clock();
        const auto start = std::chrono::steady_clock::now();
        const PicturePointer picture = orExit(server.picture(*plan->output.picture, order[i]));
        const Rect& rect = picture->rect();
        screen.resize(static_cast<std::size_t>(rect.width()) * static_cast<std::size_t>(rect.height()) * 4);
        toDisplayRgba(picture->view(), screen.data(), std::ptrdiff_t{4} * rect.width());
        times.push_back(since(start));
    }
    times.erase(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(first));
    const double cpuEach = 1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / static_cast<double>(times.size());
    std::ranges::sort(times);
    fmt::print(R"({{"frames": {}, "proxies": {}, "making_seconds": {:.2f}, "cpu": {:.2f}, "p50": {:.2f}, "p95": {:.2f}, "least": {:.2f}, "most": {:.2f}, "originals_decoded": {}}})"
               "\n",
        times.size(), sources->proxies().size(), making, cpuEach, part(times, 0.5), part(times, 0.95), times.front(), times.back(), workspace->sources->picturesDecoded());
    return 0;
}
