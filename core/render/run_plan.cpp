// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/run_plan.h"

#include "core/render/picture_run.h"
#include "core/render/sound_run.h"

#include <fmt/format.h>

#include <chrono>

namespace artdag {

FramesFacts factsOfRun(const Plan& plan, const EncodeProfile& profile)
{
    FramesFacts facts;
    if (plan.output.picture) {
        const StreamFacts& stream = plan.nodes[static_cast<std::size_t>(plan.output.picture->node)].outputs[static_cast<std::size_t>(plan.output.picture->output)];
        facts.width = stream.width;
        facts.height = stream.height;
        facts.format = nameOf(profile.coding.format);
        facts.colour = colourWords(profile.coding);
        facts.rate = plan.canvas.rate;
        facts.frames = plan.frames;
    }
    if (plan.sound.count > 0) {
        facts.sampleRate = plan.canvas.sampleRate;
        facts.channels = soundChannels;
        facts.sampleFormat = profile.losslessSound() ? "s24" : "s16";
    }
    return facts;
}

std::string colourWords(const Coding& coding)
{
    static constexpr const char* matrices[] = {"bt601", "bt709", "bt2020", "rgb"};
    static constexpr const char* transfers[] = {"srgb", "pq", "hlg", "linear"};
    return fmt::format("{} {} {}", matrices[static_cast<int>(coding.matrix)], transfers[static_cast<int>(coding.transfer)], coding.fullRange ? "full" : "limited");
}

std::vector<bool> cachedChunks(const Plan& plan, const EncodeProfile& profile, Store& store)
{
    std::vector<bool> cached;
    for (const PlanChunk& chunk : plan.chunks)
        cached.push_back(plan.output.picture && store.action("chunk", plan.chunkKey(chunk, profile).digest).has_value());
    return cached;
}

Result<RunResult> runPlan(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, Store& store, Sources& sources, const RunOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    RunResult result;
    result.room = std::make_shared<RunRoom>(store);
    if (plan->sound.count > 0 && !profile.audioCodec.empty() && !options.pixelsOnly)
        TRY(runSound(plan, profile, *result.room, sources, options, result));
    if (plan->output.picture && (options.pixelsOnly || !profile.copies()))
        TRY(runPictures(plan, profile, *result.room, sources, options, result));
    result.uncached = result.room->isTight();
    result.facts = factsOfRun(*plan, profile);
    if (!options.pixelsOnly)
        result.framesHash = framesHash(result.facts, result.pictureDigests, result.soundDigests);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace artdag
