// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/memory_budget.h"

#include "core/render/frame_chain.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>

namespace artdag {

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t program = 96 * mebibyte; ///< with its libraries, the store's index and small things
constexpr std::size_t sourceFrames = 24;       ///< of each file: what its decoder refers to, and what a run is ahead of itself

std::size_t pixelsOf(const StreamFacts& facts)
{
    return static_cast<std::size_t>(facts.width) * static_cast<std::size_t>(facts.height);
}

/// Bytes of the largest picture of a plan, as floats.
std::size_t largestPicture(const Plan& plan)
{
    std::size_t most = 0;
    for (const PlanNode& node : plan.nodes)
        for (const StreamFacts& facts : node.outputs)
            if (node.needed && facts.type == PortType::Picture)
                most = std::max(most, pixelsOf(facts) * 4 * sizeof(float));
    return most;
}

std::size_t sourcesOf(const Plan& plan)
{
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        if (plan.nodes[i].needed && plan.graph->nodes[i].entry->name == "media")
            bytes += sourceFrames * pixelsOf(plan.nodes[i].outputs[0]) * 3 / 2;
    return bytes;
}

/// Frames that are held for loops.
std::size_t loopsOf(const Plan& plan)
{
    std::size_t bytes = 0;
    for (const PlanNode& node : plan.nodes)
        if (node.needed && node.before)
            bytes += (static_cast<std::size_t>(heldBehind()) + checkpoints) * pixelsOf(node.outputs[0]) * 4 * sizeof(float);
    return bytes;
}

std::string megabytes(std::size_t bytes)
{
    return fmt::format("{} MB", (bytes + 999'999) / 1'000'000);
}

} // namespace

std::size_t usualMemoryBudget()
{
    const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(size) / 2 : 1024 * mebibyte;
}

Result<MemoryShares> shareMemory(const Plan& plan, const EncodeProfile& profile, int threads, std::size_t budget)
{
    const StreamFacts& output = plan.nodes[static_cast<std::size_t>(plan.output.picture->node)].outputs[static_cast<std::size_t>(plan.output.picture->output)];
    const std::size_t encoder = encoderBytes(profile, output.width, output.height);
    const std::size_t thread = 2 * largestPicture(plan); // the picture that it makes and the one that it reads
    const std::size_t least = program + sourcesOf(plan) + loopsOf(plan) + thread + encoder;
    if (least > budget)
        return fail(Fault::Unavailable, fmt::format("this render needs about {} of memory, {} of it for one encoder of {}×{}; the budget is {}: raise it (--memory) or make the canvas smaller", megabytes(least), megabytes(encoder), output.width, output.height, megabytes(budget)));
    const std::size_t otherThreads = static_cast<std::size_t>(std::min<std::int64_t>(threads, plan.frames) - 1) * thread;
    const std::size_t rest = budget - std::min(budget, least + otherThreads);
    MemoryShares shares;
    shares.still = std::min(512 * mebibyte, rest / 4);
    shares.waiting = std::min(static_cast<std::size_t>(threads) * 64 * mebibyte, rest / 4);
    const std::size_t others = rest - shares.still - shares.waiting;
    constexpr std::size_t many = 256;
    shares.openChunks = encoder == 0 ? many : std::min(many, 1 + others / encoder);
    return shares;
}

} // namespace artdag
