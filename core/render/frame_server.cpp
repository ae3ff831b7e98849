// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/frame_server.h"

#include "core/picture/coding.h"
#include "core/picture/picture_writer.h"
#include "core/render/bands.h"
#include "core/render/frame_chain.h"
#include "core/render/frame_origin.h"
#include "core/render/frame_reads.h"
#include "core/render/frame_step.h"
#include "core/render/sound_pull.h"
#include "core/render/worth_keeping.h"

#include <fmt/format.h>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>

namespace artdag {

/// What nodes with memory remember: one thread at a time goes forward in it.
struct FrameServer::Chains {
    std::recursive_mutex mutex; ///< a loop may lie in a loop
    std::map<int, FrameChain<Memory>> memories;
    std::map<NodePort, FrameChain<Picture>> pictures; ///< ends of loops, whole, in linear light
};

/// One asked frame. Holds what several consumers of the frame share.
struct FrameServer::Pull {
    const FrameServer& server;
    const CancelToken& cancel;
    /// Whole pictures that are in use; what several nodes need stays in use until the end.
    std::map<std::tuple<FrameKey, Space, std::array<int, 4>>, std::weak_ptr<const Picture>> shared;
    std::vector<PicturePointer> kept;

    /// Who keeps every frame looks at single ones and waits for each; a run has frames enough for all threads.
    const int bands = server.m_cache != nullptr && server.m_keep == Keep::Everything ? bandsForOneFrame() : 1;

    [[nodiscard]] const Plan& plan() const { return *server.m_plan; }
    [[nodiscard]] const GraphNode& graphNode(int node) const { return plan().graph->nodes[static_cast<std::size_t>(node)]; }
    [[nodiscard]] const PlanNode& planNode(int node) const { return plan().nodes[static_cast<std::size_t>(node)]; }

    [[nodiscard]] Error named(Error error, int node) const { return artdag::named(std::move(error), plan(), node); }

    /// Where frame `need.frame` of an input comes from.
    [[nodiscard]] std::pair<NodePort, std::int64_t> source(int node, const FrameNeed& need) const
    {
        const FrameOrigin origin = originOf(plan(), node, need);
        return {origin.port, origin.frame};
    }

    /// As artdag::neededAgain; an export alone asks what the next frame needs, for a viewer keeps everything.
    [[nodiscard]] std::vector<bool> neededAgain(const FrameCall& call, int node, const std::vector<FrameNeed>& needs) const
    {
        return artdag::neededAgain(plan(), node, call, needs, server.m_cache != nullptr && server.m_keep == Keep::Still);
    }

    /// Follows frames that are passed on unchanged to where they are made.
    void follow(NodePort& port, std::int64_t& frame) const
    {
        const FrameOrigin made = madeAt(plan(), *server.m_sources, {port, frame});
        port = made.port;
        frame = made.frame;
    }

    /// What an effect with memory remembers at this call's frame; null for others.
    Result<std::shared_ptr<const Memory>> memoryOf(const FrameCall& asked, NodePort port)
    {
        if (asked.effect.advance == nullptr)
            return nullptr;
        const std::lock_guard lock(server.m_chains->mutex);
        return server.m_chains->memories[port.node].at(asked.frame, [&](std::int64_t frame, const std::shared_ptr<const Memory>& before) { return remembered(port, frame, before.get()); });
    }

    Result<std::shared_ptr<const Memory>> remembered(NodePort port, std::int64_t frame, const Memory* before)
    {
        const EvaluatedArguments arguments = evaluateArguments(plan(), port.node, frame);
        FrameCall call = frameCall(plan(), port, frame, arguments, server.m_sources);
        call.space = spaceOf(call, Space::Linear);
        std::vector<PicturePointer> pictures;
        std::vector<ConstPictureView> views;
        for (const FrameNeed& need : frameNeeds(call)) {
            const auto [input, inputFrame] = source(port.node, need);
            pictures.push_back(TRY(whole(input, inputFrame, wholeOf(planNode(input.node).outputs[static_cast<std::size_t>(input.output)]), call.space)));
            views.push_back(pictures.back()->view().sub(wholeOf(planNode(input.node).outputs[static_cast<std::size_t>(input.output)])));
        }
        if (cancel.cancelled())
            return fail(Fault::Cancelled, "rendering was cancelled");
        auto now = std::make_shared<Memory>();
        if (auto done = call.effect.advance(call, before, views, *now); !done)
            return tl::unexpected<Error>(named(std::move(done).error(), port.node));
        ++server.m_counters->nodesExecuted;
        return std::shared_ptr<const Memory>(std::move(now));
    }

    /// A frame of the end of a loop: made of the frames before it, which are made first.
    Result<PicturePointer> looped(NodePort port, std::int64_t frame, Space wanted)
    {
        const Rect rect = wholeOf(planNode(port.node).outputs[static_cast<std::size_t>(port.output)]);
        std::unique_lock lock(server.m_chains->mutex);
        const PicturePointer picture = TRY(server.m_chains->pictures[port].at(frame, [&](std::int64_t at, const PicturePointer&) -> Result<PicturePointer> { return made(port, at, rect, Space::Linear); }));
        lock.unlock();
        if (wanted == Space::Linear)
            return picture;
        auto converted = std::make_shared<Picture>(rect, server.m_memory);
        toDisplay(picture->view(), converted->view());
        return PicturePointer(std::move(converted));
    }

    Result<Step> prepare(NodePort port, std::int64_t frame, const Rect& rect, bool consumerMoves, bool again, Space wanted)
    {
        follow(port, frame);
        Step step;
        step.node = port.node;
        step.wanted = wanted;
        step.bounds = wholeOf(planNode(port.node).outputs[static_cast<std::size_t>(port.output)]);
        const Effect& effect = *graphNode(port.node).entry->effect;
        const bool mustBeWhole = worthKeeping(plan(), port.node, consumerMoves) || planNode(port.node).before || again;
        auto arguments = std::make_unique<EvaluatedArguments>(evaluateArguments(plan(), port.node, frame));
        auto call = std::make_unique<FrameCall>(frameCall(plan(), port, frame, *arguments, server.m_sources));
        const std::vector<FrameNeed> needs = frameNeeds(*call);
        if (mustBeWhole || !streams(effect, needs)) {
            step.picture = TRY(whole(port, frame, rect, wanted, again));
            return step;
        }
        TRY(fuse(step, std::move(arguments), std::move(call), needs, rect));
        return step;
    }

    /// Makes a step that runs strip by strip out of a call; what it gathers from is made whole now.
    Result<void> fuse(Step& step, std::unique_ptr<EvaluatedArguments> arguments, std::unique_ptr<FrameCall> call, const std::vector<FrameNeed>& needs, const Rect& rect)
    {
        call->space = spaceOf(*call, step.wanted);
        step.memory = TRY(memoryOf(*call, {step.node, call->output}));
        call->memory = step.memory.get();
        step.arguments = std::move(arguments);
        step.call = std::move(call);
        const std::vector<bool> again = neededAgain(*step.call, step.node, needs);
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const auto [port, frame] = source(step.node, needs[i]);
            const Rect bounds = wholeOf(planNode(port.node).outputs[static_cast<std::size_t>(port.output)]);
            if (step.call->effect.access == Access::Pointwise) {
                step.inputs.push_back(TRY(prepare(port, frame, rect.clippedTo(bounds), planNode(step.node).animated, again[i], step.call->space)));
                continue;
            }
            Step gathered;
            gathered.node = port.node;
            gathered.bounds = partOf(*step.call, i, rect, bounds);
            if (!gathered.bounds.empty())
                gathered.picture = TRY(whole(port, frame, gathered.bounds, step.call->space, again[i]));
            step.inputs.push_back(std::move(gathered));
        }
        return {};
    }

    /// Writes `out` by running a fused step and what is fused into it.
    Result<void> runStrip(Step& step, PictureView out)
    {
        if (cancel.cancelled())
            return fail(Fault::Cancelled, "rendering was cancelled");
        std::vector<ConstPictureView> inputs;
        inputs.reserve(step.inputs.size());
        for (Step& input : step.inputs) {
            const bool pointwise = step.call->effect.access == Access::Pointwise;
            const Rect part = pointwise ? out.rect.clippedTo(input.bounds) : input.bounds;
            if (part.empty()) {
                inputs.push_back({{}, 0, {}});
            } else if (input.picture != nullptr) {
                inputs.push_back(input.picture->view().sub(part));
            } else {
                const PictureView strip = input.buffer.view(part, server.m_memory);
                TRY(runStrip(input, strip));
                inputs.push_back(strip);
            }
        }
        if (auto done = step.call->effect.render(*step.call, inputs, out); !done)
            return tl::unexpected<Error>(named(std::move(done).error(), step.node));
        convert(step.call->space, step.wanted, out);
        return {};
    }

    Result<void> computeStrips(const Step& step, PictureView out)
    {
        const int rows = gathers(step) ? gatherRows : stripRows;
        return inBands(out, bands, [&](PictureView band) -> Result<void> {
            Step own = step;
            for (int y = band.rect.y0; y < band.rect.y1; y += rows)
                TRY(runStrip(own, band.sub({band.rect.x0, y, band.rect.x1, std::min(y + rows, band.rect.y1)})));
            return {};
        });
    }

    Result<void> computeRegion(NodePort port, FrameCall& call, const std::vector<FrameNeed>& needs, PictureView out, Space wanted)
    {
        call.space = spaceOf(call, wanted);
        const std::shared_ptr<const Memory> memory = TRY(memoryOf(call, port));
        call.memory = memory.get();
        std::vector<PicturePointer> pictures;
        std::vector<Rect> wholes;
        const std::vector<bool> again = neededAgain(call, port.node, needs);
        for (std::size_t i = 0; i < needs.size(); ++i) {
            const auto [input, frame] = source(port.node, needs[i]);
            wholes.push_back(wholeOf(planNode(input.node).outputs[static_cast<std::size_t>(input.output)]));
            const Rect part = partOf(call, i, out.rect, wholes.back());
            pictures.push_back(part.empty() ? nullptr : TRY(whole(input, frame, part, call.space, again[i])));
        }
        const bool tiles = call.effect.access != Access::Whole;
        return inBands(out, tiles ? bands : 1, [&](PictureView band) -> Result<void> {
            std::vector<ConstPictureView> views;
            for (std::size_t i = 0; i < needs.size(); ++i) {
                const Rect part = pictures[i] == nullptr ? Rect{} : partOf(call, i, band.rect, wholes[i]);
                views.push_back(part.empty() ? ConstPictureView{} : pictures[i]->view().sub(part));
            }
            if (cancel.cancelled())
                return fail(Fault::Cancelled, "rendering was cancelled");
            if (auto done = call.effect.render(call, views, band); !done)
                return tl::unexpected<Error>(named(std::move(done).error(), port.node));
            convert(call.space, wanted, band);
            return {};
        });
    }

    /// The same frame, ready for strips if it can be made by strips (else nothing), for one who consumes it once.
    Result<std::optional<Step>> strips(NodePort port, std::int64_t frame, const Rect& rect, Space wanted)
    {
        auto arguments = std::make_unique<EvaluatedArguments>(evaluateArguments(plan(), port.node, frame));
        auto call = std::make_unique<FrameCall>(frameCall(plan(), port, frame, *arguments, server.m_sources));
        const std::vector<FrameNeed> needs = frameNeeds(*call);
        if (!streams(call->effect, needs))
            return std::nullopt;
        Step step;
        step.node = port.node;
        step.wanted = wanted;
        step.bounds = rect;
        TRY(fuse(step, std::move(arguments), std::move(call), needs, rect));
        return step;
    }

    /// A picture that covers at least `rect` of a frame, from the cache or computed. `again`: frames to come will need it too.
    Result<PicturePointer> whole(NodePort port, std::int64_t frame, Rect rect, Space wanted, bool again = false)
    {
        follow(port, frame);
        const StreamFacts& facts = planNode(port.node).outputs[static_cast<std::size_t>(port.output)];
        const bool still = !planNode(port.node).animated;
        const FrameKey key = plan().frameKey(port, frame);
        const bool keepWhole = server.m_cache != nullptr && (still || (server.m_keep == Keep::Still && (again || standsAt(plan(), port, frame, key))));
        const bool keep = keepWhole || (server.m_cache != nullptr && server.m_keep == Keep::Everything);
        if (keepWhole)
            rect = wholeOf(facts); // it will be asked for again, and for other parts
        const std::tuple<FrameKey, Space, std::array<int, 4>> place{key, wanted, {rect.x0, rect.y0, rect.x1, rect.y1}};
        if (const auto found = shared.find(place); found != shared.end())
            if (PicturePointer picture = found->second.lock())
                return picture;
        if (server.m_cache != nullptr) {
            if (PicturePointer cached = server.m_cache->find(key, wanted)) {
                ++server.m_counters->cacheReads;
                return cached;
            }
        }
        const PicturePointer picture = planNode(port.node).before ? TRY(looped(port, frame, wanted)) : TRY(made(port, frame, rect, wanted));
        if (keep && picture->rect() == wholeOf(facts))
            server.m_cache->put(key, picture, wanted);
        shared.insert_or_assign(place, picture);
        if (hasSeveralConsumers(plan(), port.node))
            kept.push_back(picture);
        return picture;
    }

    /// The part `rect` of a frame, computed.
    Result<PicturePointer> made(NodePort port, std::int64_t frame, const Rect& rect, Space wanted)
    {
        auto picture = std::make_shared<Picture>(rect, server.m_memory);
        ++server.m_counters->nodesExecuted;
        if (auto step = TRY(strips(port, frame, rect, wanted))) {
            TRY(computeStrips(*step, picture->view()));
        } else {
            const EvaluatedArguments arguments = evaluateArguments(plan(), port.node, frame);
            FrameCall call = frameCall(plan(), port, frame, arguments, server.m_sources);
            TRY(computeRegion(port, call, frameNeeds(call), picture->view(), wanted));
        }
        picture->look();
        return PicturePointer(std::move(picture));
    }

    /// The space that costs nothing, for a consumer who takes either.
    Space naturalSpace(NodePort port, std::int64_t frame) const
    {
        const EvaluatedArguments arguments = evaluateArguments(plan(), port.node, frame);
        return spaceOf(frameCall(plan(), port, frame, arguments, server.m_sources), Space::Display);
    }

    /// The native lane: a file's picture in the very coding that is wanted. Through floats the same codes come out (tested), but
    /// for the colours below transparent pixels.
    Result<bool> codedAsItIs(NodePort port, std::int64_t frame, PackedPicture& out)
    {
        const auto file = hasAlpha(out.coding.format) ? std::nullopt : TRY(filePictureOf(plan(), *server.m_sources, {port, frame}));
        if (!file)
            return false;
        const auto picture = server.m_sources->picture(file->media, file->time, file->layer);
        if (!picture)
            return tl::unexpected<Error>(named(picture.error(), port.node));
        if ((*picture)->coding != out.coding || (*picture)->width != out.width || (*picture)->height != out.height)
            return false;
        packCodes(**picture, out.data.data());
        ++server.m_counters->nodesExecuted;
        return true;
    }

    /// Codes of a frame: by strips, unless the frame is at hand or somebody else wants it too.
    Result<void> coded(NodePort port, std::int64_t frame, PackedPicture& out)
    {
        const Rect rect{0, 0, out.width, out.height};
        follow(port, frame);
        if (TRY(codedAsItIs(port, frame, out)))
            return {};
        const Space space = isDisplay(out.coding) ? naturalSpace(port, frame) : Space::Linear;
        PictureWriter writer(out, space);
        if (planNode(port.node).animated && !planNode(port.node).before) {
            if (auto step = TRY(strips(port, frame, rect, space))) {
                ++server.m_counters->nodesExecuted;
                const int rows = gathers(*step) ? gatherRows : stripRows;
                for (int y = 0; y < out.height; y += rows) {
                    const PictureView strip = step->buffer.view({0, y, out.width, std::min(y + rows, out.height)}, server.m_memory);
                    TRY(runStrip(*step, strip));
                    writer.add(strip);
                }
                return {};
            }
        }
        writer.add(TRY(whole(port, frame, rect, space))->view());
        return {};
    }

    /// Whether a frame is in the cache, so that nothing behind it is read.
    [[nodiscard]] bool isAtHand(const FrameOrigin& frame) const
    {
        const FrameKey key = plan().frameKey(frame.port, frame.frame);
        return server.m_cache->find(key) != nullptr || server.m_cache->find(key, Space::Display) != nullptr;
    }

    /// Decodes side by side what several sources show in a frame that somebody waits for. What fails will say so when it is used.
    void readTogether(const FrameOrigin& frame) const
    {
        const std::vector<FrameOrigin> reads = sourceFrames(plan(), *server.m_sources, frame, [&](const FrameOrigin& behind) { return isAtHand(behind); });
        if (reads.size() > 1)
            tbb::this_task_arena::isolate([&] {
                tbb::parallel_for(std::size_t{0}, reads.size(), [&](std::size_t i) { static_cast<void>(readSource(plan(), *server.m_sources, reads[i])); });
            });
    }
};

FrameServer::FrameServer(std::shared_ptr<const Plan> plan, Sources& sources, std::shared_ptr<FrameCache> cache, Keep keep)
    : m_plan(std::move(plan)),
      m_sources(&sources),
      m_cache(std::move(cache)),
      m_keep(keep),
      m_memory(std::make_shared<PictureMemory>()),
      m_chains(std::make_unique<Chains>()),
      m_sounds(std::make_shared<SoundMemories>(*m_plan))
{
}

FrameServer::~FrameServer()
{
    m_memory->close();
}

Result<PicturePointer> FrameServer::picture(NodePort port, std::int64_t frame, const CancelToken& cancel)
{
    return picture(port, frame, wholeOf(m_plan->nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)]), cancel);
}

Result<PicturePointer> FrameServer::picture(NodePort port, std::int64_t frame, Rect rect, const CancelToken& cancel)
{
    const StreamFacts& facts = m_plan->nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)];
    if (facts.type != PortType::Picture)
        return fail(Fault::BadInput, fmt::format("node '{}': this port carries {}, not pictures", m_plan->graph->nodes[static_cast<std::size_t>(port.node)].name, nameOf(facts.type)));
    const std::int64_t before = m_counters->cacheReads;
    Pull pull{*this, cancel, {}, {}};
    if (pull.bands > 1)
        pull.readTogether({port, heldFrame(facts, frame)});
    auto picture = pull.whole(port, heldFrame(facts, frame), rect.clippedTo(wholeOf(facts)), Space::Linear);
    if (picture && m_counters->cacheReads == before)
        ++m_counters->framesRendered;
    return picture;
}

Result<void> FrameServer::coded(NodePort port, std::int64_t frame, PackedPicture& out, const CancelToken& cancel)
{
    const StreamFacts& facts = m_plan->nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)];
    CHECK(facts.type == PortType::Picture && facts.width == out.width && facts.height == out.height);
    Pull pull{*this, cancel, {}, {}};
    TRY(pull.coded(port, heldFrame(facts, frame), out));
    ++m_counters->framesRendered;
    return {};
}

Result<Sound> FrameServer::sound(NodePort port, SampleRange range, const CancelToken& cancel)
{
    return pullSound(*m_plan, *m_sources, *m_sounds, port, range, cancel);
}

Result<void> FrameServer::prefetch(NodePort port, std::int64_t frame)
{
    const StreamFacts& facts = m_plan->nodes[static_cast<std::size_t>(port.node)].outputs[static_cast<std::size_t>(port.output)];
    // A run has its frames decoded in order, whatever it keeps.
    for (const FrameOrigin& read : sourceFrames(*m_plan, *m_sources, {port, heldFrame(facts, frame)}, [](const FrameOrigin&) { return false; }))
        TRY(readSource(*m_plan, *m_sources, read));
    return {};
}

} // namespace artdag
