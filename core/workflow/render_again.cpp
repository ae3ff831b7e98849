// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/render_again.h"

#include "core/base/random.h"
#include "core/media/likeness.h"
#include "core/workflow/write_film.h"

#include <algorithm>

namespace artdag {

namespace {

/// Of so many random frames one brings its whole chunk with it.
constexpr int framesAChunk = 30;

/// The same plan, of which only these chunks are wanted.
std::shared_ptr<const Plan> only(const Plan& plan, std::vector<PlanChunk> chunks)
{
    auto part = std::make_shared<Plan>(plan);
    part->chunks = std::move(chunks);
    return part;
}

/// Digests and likeness of the frames that pass by, from any thread.
class Watcher {
public:
    Watcher(const Plan& plan, DeliveredFilm* delivered, RenderedAgain& again)
        : m_plan(plan),
          m_delivered(delivered),
          m_again(again) {}

    void see(std::int64_t frame, const PackedPicture& picture)
    {
        const Digest digest = pixelsDigest(picture.data);
        const double alike = m_delivered != nullptr ? likenessOf(frame, picture) : 0;
        const std::lock_guard lock(m_mutex);
        m_again.pictures.emplace(frame, digest);
        if (m_delivered != nullptr)
            m_again.likeness.emplace(frame, alike);
    }

private:
    double likenessOf(std::int64_t frame, const PackedPicture& picture)
    {
        const PlanChunk& chunk = m_plan.chunks[chunkOf(m_plan, frame)];
        const auto given = m_delivered->picture(frame);
        if (!given || (*given)->width != picture.width || (*given)->height != picture.height || (*given)->coding.format != picture.coding.format)
            return 0;
        const std::int64_t index = frame - chunk.first;
        return likeness(comparedRows(picture.view(), index, chunk.count), comparedRows(**given, index, chunk.count));
    }

    const Plan& m_plan;
    DeliveredFilm* m_delivered;
    RenderedAgain& m_again;
    std::mutex m_mutex;
};

Result<void> renderAll(const PlannedRender& planned, Workspace& workspace, const RunOptions& options, RenderedAgain& again)
{
    RunResult run;
    again.film = again.directory->path() / ("again." + planned.profile.extension);
    again.filmHash = TRY(runToFile(planned, *again.store, *workspace.sources, options, again.film, run)).content;
    for (std::size_t frame = 0; frame < run.pictureDigests.size(); ++frame)
        again.pictures.insert_or_assign(static_cast<std::int64_t>(frame), run.pictureDigests[frame]);
    for (std::size_t chunk = 0; chunk < run.chunks.size(); ++chunk)
        again.chunks.emplace(chunk, run.chunks[chunk]);
    again.sounds = run.soundDigests;
    again.sound = run.sound;
    again.framesHash = run.framesHash;
    again.framesRendered = run.framesRendered;
    again.cacheReads = run.cacheReads;
    return {};
}

Result<void> renderSome(const PlannedRender& planned, Workspace& workspace, RunOptions options, const FrameSample& sample, bool encode, RenderedAgain& again)
{
    std::vector<PlanChunk> bare;
    std::vector<PlanChunk> encoded;
    for (const std::size_t chunk : sample.chunks)
        (encode ? encoded : bare).push_back(planned.plan->chunks[chunk]);
    for (const std::int64_t frame : sample.frames)
        bare.push_back({frame, 1});
    std::ranges::sort(bare, {}, &PlanChunk::first);

    const PlannedRender part{planned.recipe, planned.profile, only(*planned.plan, std::move(encoded))};
    const RunResult run = TRY(runPlan(part.plan, part.profile, *again.store, *workspace.sources, options));
    for (std::size_t at = 0; at < run.chunks.size(); ++at)
        again.chunks.emplace(sample.chunks[at], run.chunks[at]);
    again.sounds = run.soundDigests;
    again.sound = run.sound;
    options.pixelsOnly = true;
    const RunResult pixels = TRY(runPlan(only(*planned.plan, std::move(bare)), planned.profile, *again.store, *workspace.sources, options));
    again.framesRendered = run.framesRendered + pixels.framesRendered;
    again.cacheReads = run.cacheReads + pixels.cacheReads;
    if (!run.sound)
        return {};
    RunResult soundOnly;
    soundOnly.sound = run.sound;
    again.film = again.directory->path() / ("sound." + planned.profile.extension);
    TRY(muxRun(part, soundOnly, *again.store, again.film));
    return {};
}

} // namespace

FrameSample FrameSample::choose(const Plan& plan, int count, std::uint64_t seed, bool wholeChunks)
{
    FrameSample sample;
    sample.all = false;
    const std::int64_t wanted = std::min<std::int64_t>(count, plan.frames);
    std::vector<std::int64_t> order;
    for (std::uint64_t draw = 0; static_cast<std::int64_t>(order.size()) < wanted; ++draw) {
        const auto frame = static_cast<std::int64_t>(randomBits(seed, draw) % static_cast<std::uint64_t>(plan.frames));
        if (sample.frames.insert(frame).second)
            order.push_back(frame);
    }
    std::set<std::size_t> chunks;
    for (std::size_t at = 0; wholeChunks && at < order.size(); at += framesAChunk)
        chunks.insert(chunkOf(plan, order[at]));
    sample.chunks.assign(chunks.begin(), chunks.end());
    std::erase_if(sample.frames, [&](std::int64_t frame) { return chunks.contains(chunkOf(plan, frame)); });
    return sample;
}

Result<RenderedAgain> renderAgain(const PlannedRender& planned, Workspace& workspace, const RunOptions& options, const FrameSample& sample, DeliveredFilm* delivered, bool encode)
{
    RenderedAgain again;
    again.directory.emplace(TRY(TemporaryDirectory::make()));
    again.store = TRY(openStore(again.directory->path() / "store"));
    RunOptions fresh = options;
    fresh.useCache = false;
    Watcher watcher(*planned.plan, delivered, again);
    if (!sample.all || delivered != nullptr)
        fresh.watch = [&](std::int64_t frame, const PackedPicture& picture) -> Result<void> {
            watcher.see(frame, picture);
            return {};
        };
    if (sample.all)
        TRY(renderAll(planned, workspace, fresh, again));
    else
        TRY(renderSome(planned, workspace, fresh, sample, encode, again));
    return again;
}

std::size_t chunkOf(const Plan& plan, std::int64_t frame)
{
    const auto after = std::ranges::upper_bound(plan.chunks, frame, {}, &PlanChunk::first);
    return static_cast<std::size_t>(after - plan.chunks.begin()) - 1;
}

} // namespace artdag
