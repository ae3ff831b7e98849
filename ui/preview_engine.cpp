// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview_engine.h"

#include "ui/graph_wiring.h"
#include "ui/prepared_recipe.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace artdag {

namespace {
constexpr std::size_t mostEarlier = 4;
constexpr std::size_t variationCacheBytes = std::size_t{64} << 20;
constexpr std::chrono::milliseconds proxyPiece{40}; ///< of making proxies between two looks for more urgent work

int threadsForPreviews()
{
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 2, 8);
}

Wire wireOfOutput(const Effect& effect, const std::string& node, PortType type, bool& found)
{
    for (std::size_t i = 0; i < effect.outputs.size(); ++i) {
        if (effect.outputs[i].type == type) {
            found = true;
            return {node, i == 0 ? std::string() : std::string(effect.outputs[i].name)};
        }
    }
    found = false;
    return {};
}
} // namespace

PreviewTarget targetOfCard(const Recipe& recipe, const Catalogue& effects, const std::string& card)
{
    for (const RecipeOutput& output : recipe.outputs) {
        if ("@" + output.name == card)
            return {output.picture, output.sound};
    }
    for (const RecipeInput& input : recipe.inputs) {
        if (input.name == card)
            return {Wire{card, {}}, input.media == "still" ? std::nullopt : std::optional(Wire{card, "sound"})};
    }
    const Node* node = recipe.node(card);
    const CatalogueEntry* entry = node == nullptr ? nullptr : effects.find(node->effect);
    PreviewTarget target;
    if (entry == nullptr)
        return target;
    bool found = false;
    const Wire picture = wireOfOutput(*entry->effect, card, PortType::Picture, found);
    if (found)
        target.picture = picture;
    const Wire sound = wireOfOutput(*entry->effect, card, PortType::Sound, found);
    if (found)
        target.sound = sound;
    return target;
}

PreviewTarget targetOfFilm(const Recipe& recipe)
{
    if (recipe.outputs.empty())
        return {};
    return {recipe.outputs.front().picture, recipe.outputs.front().sound};
}

double previewScale(int canvasWidth, int canvasHeight, double viewWidth, double viewHeight)
{
    const double wanted = std::min(viewWidth / std::max(1, canvasWidth), viewHeight / std::max(1, canvasHeight));
    double scale = 0.125;
    // A sixth fewer pixels than the view has are hardly seen; a scale more costs four times as much.
    while (scale < 1 && scale < wanted * 0.85)
        scale *= 2;
    return scale;
}

PreviewEngine::PreviewEngine(Workspace& workspace, std::size_t cacheBytes, QObject* parent)
    : QObject(parent),
      m_workspace(&workspace),
      m_cache(std::make_shared<FrameCache>(cacheBytes)),
      m_shelf(std::make_shared<ProxyShelf>(*workspace.store)),
      m_proxies(std::make_unique<ProxyWork>(workspace, *m_shelf)),
      m_queue(std::make_unique<WorkQueue>(threadsForPreviews()))
{
    setRecipe(std::make_shared<const Recipe>());
}

PreviewEngine::~PreviewEngine()
{
    m_queue.reset();
}

void PreviewEngine::setRecipe(RecipePointer recipe)
{
    m_prepared = prepare(std::move(recipe));
    m_looked = false;
}

std::shared_ptr<PreparedRecipe> PreviewEngine::prepare(RecipePointer recipe) const
{
    auto prepared = std::make_shared<PreparedRecipe>();
    prepared->recipe = std::move(recipe);
    prepared->workspace = m_workspace;
    prepared->cache = m_cache;
    prepared->shelf = m_shelf;
    prepared->executed = m_executed;
    return prepared;
}

std::shared_ptr<PreparedRecipe> PreviewEngine::preparedFor(const RecipePointer& recipe)
{
    if (recipe == nullptr || recipe == m_prepared->recipe)
        return m_prepared;
    const auto found = std::ranges::find(m_earlier, recipe, &PreparedRecipe::recipe);
    if (found != m_earlier.end()) {
        std::rotate(found, found + 1, m_earlier.end());
        return m_earlier.back();
    }
    if (m_earlier.size() >= mostEarlier)
        m_earlier.erase(m_earlier.begin());
    m_earlier.push_back(prepare(recipe));
    return m_earlier.back();
}

std::int64_t PreviewEngine::nodesExecuted() const
{
    return m_executed->load();
}

/// On the GUI thread.
void PreviewEngine::answer(std::function<void()> done)
{
    ++m_answersUnderWay;
    QMetaObject::invokeMethod(
        this, [this, done = std::move(done)] {
            --m_answersUnderWay;
            done();
        },
        Qt::QueuedConnection);
}

template <class T>
void PreviewEngine::post(std::shared_ptr<PreparedRecipe> prepared, Urgency urgency, std::string slot, std::function<Result<T>(PreparedRecipe&, const CancelToken&)> work, Done<T> done, bool keepRunning)
{
    auto run = [this, prepared = std::move(prepared), work = std::move(work), done = std::move(done)](const CancelToken& cancel) {
        if (cancel.cancelled())
            return;
        auto result = std::make_shared<Result<T>>(work(*prepared, cancel));
        if (cancel.cancelled() || (!*result && result->error().fault == Fault::Cancelled))
            return;
        answer([result, done] { done(std::move(*result)); });
    };
    m_queue->post(urgency, std::move(slot), std::move(run), keepRunning);
}

void PreviewEngine::askPicture(Urgency urgency, std::string slot, PreviewTarget target, std::int64_t frame, double scale, Done<PreviewPicture> done, bool keepRunning, PreviewMeanwhile meanwhile)
{
    auto prepared = preparedFor(target.recipe);
    post<PreviewPicture>(
        std::move(prepared), urgency, std::move(slot), [this, urgency, target = std::move(target), frame, scale, meanwhile = std::move(meanwhile)](PreparedRecipe& prepared, const CancelToken& cancel) -> Result<PreviewPicture> {
            if (meanwhile.reach > 0)
                if (const auto near = prepared.nearest(target, frame, meanwhile.scale, meanwhile.reach))
                    answer([show = meanwhile.show, near = *near] { show(near); });
            const auto began = std::chrono::steady_clock::now();
            const std::shared_ptr<FrameServer> server = TRY(prepared.server(target, scale));
            if (!server->plan().output.picture)
                return fail(Fault::NotFound, "preview: there is no picture here");
            const std::int64_t before = server->counters().nodesExecuted;
            const PicturePointer picture = TRY(server->picture(*server->plan().output.picture, frame, cancel));
            if (urgency != Urgency::Background) // what is made ahead is no answer to a gesture
                *prepared.executed += server->counters().nodesExecuted - before;
            if (prepared.forgetLost())
                QMetaObject::invokeMethod(this, &PreviewEngine::useNewProxies, Qt::QueuedConnection);
            PreviewPicture result;
            result.image = displayImage(*picture, target.channels);
            result.pixels = picture;
            result.frame = frame;
            result.scale = scale;
            result.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
            return result; },
        [this, urgency, done = std::move(done)](Result<PreviewPicture> picture) {
            if (urgency == Urgency::Viewer && picture)
                lookForProxies(); // not before there is something to see
            done(std::move(picture));
        },
        keepRunning);
}

void PreviewEngine::askVariation(RecipePointer recipe, std::string slot, std::int64_t frame, double scale, bool afresh, Done<PreviewPicture> done)
{
    const auto prepared = prepare(std::move(recipe));
    if (afresh)
        prepared->cache = std::make_shared<FrameCache>(variationCacheBytes);
    auto run = [this, prepared, frame, scale, done = std::move(done)](const CancelToken& cancel) {
        auto work = [&]() -> Result<PreviewPicture> {
            const auto began = std::chrono::steady_clock::now();
            const std::shared_ptr<FrameServer> server = TRY(prepared->server(targetOfFilm(*prepared->recipe), scale));
            const Plan& plan = server->plan();
            if (!plan.output.picture)
                return fail(Fault::NotFound, "preview: there is no picture here");
            const std::int64_t at = std::clamp<std::int64_t>(frame, 0, std::max<std::int64_t>(0, plan.frames - 1));
            const PicturePointer picture = TRY(server->picture(*plan.output.picture, at, cancel));
            return PreviewPicture{displayImage(*picture), at, scale, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count(), picture};
        };
        if (cancel.cancelled())
            return;
        auto result = std::make_shared<Result<PreviewPicture>>(work());
        if (!cancel.cancelled() && (*result || result->error().fault != Fault::Cancelled))
            answer([result, done] { done(std::move(*result)); });
    };
    m_queue->post(Urgency::Idle, std::move(slot), std::move(run));
}

void PreviewEngine::lookForProxies()
{
    if (m_looked || !m_makesProxies)
        return;
    m_looked = true;
    m_queue->post(Urgency::Background, "proxies", [this, prepared = m_prepared, queue = m_queue.get()](const CancelToken& cancel) {
        if (cancel.cancelled())
            return;
        if (const OpenedRecipe opened = openRecipe(*prepared->recipe, *prepared->workspace); opened.graph)
            m_proxies->want(*opened.graph);
        makeProxies(*queue);
    });
}

/// Posts a little of the making, which posts the next: whatever is asked meanwhile goes before. Called by the queue's threads.
void PreviewEngine::makeProxies(WorkQueue& queue)
{
    QMetaObject::invokeMethod(this, &PreviewEngine::proxiesChanged, Qt::QueuedConnection);
    if (m_proxies->state().films == 0)
        return;
    queue.post(
        Urgency::Background, "proxies", [this, &queue](const CancelToken& cancel) {
            if (m_proxies->work(proxyPiece, cancel))
                QMetaObject::invokeMethod(this, &PreviewEngine::useNewProxies, Qt::QueuedConnection);
            if (!cancel.cancelled())
                makeProxies(queue);
        },
        true);
}

/// Plans are made anew, with keys that name what is read now. What is shown is right as it is.
void PreviewEngine::useNewProxies()
{
    setRecipe(m_prepared->recipe);
    m_earlier.clear();
    Q_EMIT proxiesChanged();
    lookForProxies(); // what was lost is wanted again
}

void PreviewEngine::setMakesProxies(bool makes)
{
    m_makesProxies = makes;
    if (makes)
        m_looked = false;
    else
        m_queue->cancel("proxies");
}

void PreviewEngine::askSound(Urgency urgency, std::string slot, PreviewTarget target, SampleRange range, Done<Sound> done)
{
    post<Sound>(
        m_prepared, urgency, std::move(slot), [target = std::move(target), range](PreparedRecipe& prepared, const CancelToken& cancel) -> Result<Sound> {
            const std::shared_ptr<FrameServer> server = TRY(prepared.server({std::nullopt, target.sound}, 0.125));
            if (!server->plan().output.sound)
                return fail(Fault::NotFound, "preview: there is no sound here");
            return server->sound(*server->plan().output.sound, range, cancel);
        },
        std::move(done));
}

void PreviewEngine::askPeaks(Urgency urgency, std::string slot, PreviewTarget target, SampleRange range, int count, Done<PreviewPeaks> done)
{
    post<PreviewPeaks>(
        m_prepared, urgency, std::move(slot), [target = std::move(target), range, count](PreparedRecipe& prepared, const CancelToken& cancel) -> Result<PreviewPeaks> {
            const std::shared_ptr<FrameServer> server = TRY(prepared.server({std::nullopt, target.sound}, 0.125));
            if (!server->plan().output.sound)
                return fail(Fault::NotFound, "preview: there is no sound here");
            PreviewPeaks result;
            result.peaks.assign(static_cast<std::size_t>(count), 0);
            // A second at a time: what is cancelled ends soon, and long films take little memory.
            const std::int64_t block = std::max(1, server->plan().canvas.sampleRate);
            for (std::int64_t at = range.first; at < range.end(); at += block) {
                const SampleRange part{at, std::min(block, range.end() - at)};
                const Sound sound = TRY(server->sound(*server->plan().output.sound, part, cancel));
                for (std::int64_t i = 0; i < part.count; ++i) {
                    const auto column = static_cast<std::size_t>((at - range.first + i) * count / range.count);
                    const float loud = std::max(std::abs(sound.channel(0)[i]), std::abs(sound.channel(1)[i]));
                    result.peaks[column] = std::max(result.peaks[column], loud);
                }
            }
            return result;
        },
        std::move(done));
}

void PreviewEngine::askInspection(double scale, std::int64_t first, std::int64_t frames, Done<std::shared_ptr<const TracedInspection>> done)
{
    post<std::shared_ptr<const TracedInspection>>(
        m_prepared, Urgency::Inspect, "inspect", [scale, first, frames](PreparedRecipe& prepared, const CancelToken&) -> Result<std::shared_ptr<const TracedInspection>> {
            Inspection whole = inspectRecipe(prepared.recipe, *prepared.workspace, prepared.cache.get(), prepared.shelf.get(), scale, first, frames);
            std::shared_ptr<const RecipeTrace> trace;
            if (!whole.graph && !prepared.recipe->outputs.empty()) {
                // A half-made node elsewhere does not hide the states of what the film consists of.
                const PreviewTarget film = targetOfFilm(*prepared.recipe);
                const auto part = std::make_shared<const Recipe>(partFor(*prepared.recipe, film.picture, film.sound));
                const Inspection healthy = inspectRecipe(part, *prepared.workspace, prepared.cache.get(), prepared.shelf.get(), scale, first, frames);
                for (const InspectedNode& node : healthy.nodes) {
                    const auto same = std::find_if(whole.nodes.begin(), whole.nodes.end(), [&](const InspectedNode& other) { return other.name == node.name; });
                    if (same != whole.nodes.end() && same->state == NodeState::Absent)
                        *same = node;
                }
                trace = std::make_shared<const RecipeTrace>(traceOf(healthy, scale));
            } else {
                trace = std::make_shared<const RecipeTrace>(traceOf(whole, scale));
            }
            return std::make_shared<const TracedInspection>(TracedInspection{std::move(whole), std::move(trace)});
        },
        std::move(done));
}

void PreviewEngine::askCached(PreviewTarget target, double scale, std::int64_t frames, Done<CachedFrames> done)
{
    post<CachedFrames>(
        m_prepared, Urgency::Inspect, "cached", [target = std::move(target), scale, frames](PreparedRecipe& prepared, const CancelToken& cancel) -> Result<CachedFrames> {
            CachedFrames result;
            const std::shared_ptr<FrameServer> server = TRY(prepared.server(target, scale));
            const Plan& plan = server->plan();
            if (!plan.output.picture)
                return result;
            for (std::int64_t frame = 0; frame < frames && !cancel.cancelled(); ++frame) {
                if (prepared.cache->find(plan.frameKey(*plan.output.picture, frame)) == nullptr)
                    continue;
                if (!result.ranges.empty() && result.ranges.back().first + result.ranges.back().second == frame)
                    ++result.ranges.back().second;
                else
                    result.ranges.emplace_back(frame, 1);
            }
            return result;
        },
        std::move(done));
}

void PreviewEngine::askPlan(Urgency urgency, std::string slot, PreviewTarget target, double scale, std::function<Finish(const Plan&, const CancelToken&)> work)
{
    auto prepared = preparedFor(target.recipe);
    post<Finish>(
        std::move(prepared), urgency, std::move(slot), [target = std::move(target), scale, work = std::move(work)](PreparedRecipe& recipe, const CancelToken& cancel) -> Result<Finish> {
            const std::shared_ptr<FrameServer> server = TRY(recipe.server(target, scale));
            return work(server->plan(), cancel); },
        [](Result<Finish> finish) {
            if (finish && *finish)
                (*finish)();
        });
}

void PreviewEngine::compute(Urgency urgency, std::string slot, std::function<Finish(const CancelToken&)> work)
{
    post<Finish>(
        m_prepared, urgency, std::move(slot), [work = std::move(work)](PreparedRecipe&, const CancelToken& cancel) -> Result<Finish> { return work(cancel); },
        [](Result<Finish> finish) {
            if (finish && *finish)
                (*finish)();
        });
}

} // namespace artdag
