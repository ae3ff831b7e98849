// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/picture_run.h"

#include "core/media/likeness.h"
#include "core/render/digest_list.h"
#include "core/render/memory_budget.h"
#include "core/render/progress_meter.h"
#include "core/render/thread_time.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace artdag {

namespace {

int threadsOf(const RunOptions& options)
{
    return options.threads > 0 ? options.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

struct RenderedFrame {
    std::shared_ptr<const PackedPicture> picture;
    Digest digest{};
};

/// One chunk on its way: frames arrive in any order, the encoder takes them in order, one thread at a time.
struct OpenChunk {
    PlanChunk plan;
    std::size_t index = 0;
    std::unique_ptr<ChunkEncoder> encoder;
    std::map<std::int64_t, RenderedFrame> waiting; ///< by frame
    std::int64_t next = 0;
    bool busy = false;
    std::vector<Digest> digests;
    std::vector<Bytes> rows;                    ///< of lossy profiles: by which what is encoded is compared
    std::atomic<std::uint64_t> microseconds{0}; ///< of all threads: what making it again would take
};
/// The run of the pictures of one plan.
class PictureRun {
public:
    PictureRun(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, RunRoom& room, Sources& sources, const RunOptions& options, const MemoryShares& shares, RunResult& result)
        : m_plan(std::move(plan)),
          m_profile(profile),
          m_room(room),
          m_options(options),
          m_shares(shares),
          m_result(result),
          m_server(m_plan, sources, std::make_shared<FrameCache>(shares.still), FrameServer::Keep::Still),
          m_threads(threadsOf(options)),
          m_limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(m_threads) + 1),
          m_arena(m_threads, 0)
    {
    }

    Result<void> run()
    {
        takeCached();
        auto done = renderMissing();
        waitForTasks(); // also after an error: they point at this run
        if (m_error)
            return tl::unexpected<Error>(*m_error);
        TRY(std::move(done));
        if (m_options.cancel.cancelled())
            return fail(Fault::Cancelled, "the render was cancelled; finished chunks are kept");
        for (std::size_t i = 0; i < m_plan->chunks.size() && !m_options.pixelsOnly; ++i) {
            m_result.chunks.push_back(m_objects[i]);
            m_result.pictureDigests.insert(m_result.pictureDigests.end(), m_digests[i].begin(), m_digests[i].end());
            if (!m_profile.lossless)
                m_result.psnr.push_back(m_psnr[i]);
        }
        if (!m_result.chunks.empty() && std::ranges::all_of(m_delays, [](std::int64_t delay) { return delay >= 0; }))
            m_result.delay = std::ranges::max(m_delays);
        m_result.framesRendered = m_rendered;
        report(true);
        return {};
    }

private:
    void takeCached()
    {
        m_objects.resize(m_plan->chunks.size());
        m_digests.resize(m_plan->chunks.size());
        m_psnr.resize(m_plan->chunks.size());
        m_delays.assign(m_plan->chunks.size(), -1);
        m_missing.clear();
        for (std::size_t i = 0; i < m_plan->chunks.size(); ++i) {
            const PlanChunk& chunk = m_plan->chunks[i];
            if (m_options.useCache && !m_options.pixelsOnly) {
                if (auto hit = m_room.store().action("chunk", m_plan->chunkKey(chunk, m_profile).digest); hit && hit->objects.size() == 1 && m_room.hold(hit->objects.front())) {
                    m_digests[i] = digestsOfJson(hit->facts.value("digests", Json::array()));
                    if (const auto psnr = hit->facts.find("psnr"); psnr != hit->facts.end() && psnr->is_string())
                        m_psnr[i] = *psnr;
                    if (const auto delay = hit->facts.find("delay"); delay != hit->facts.end() && delay->is_number_unsigned())
                        m_delays[i] = *delay;
                    if (m_digests[i].size() == static_cast<std::size_t>(chunk.count) && (m_profile.lossless || !m_psnr[i].empty())) {
                        m_objects[i] = hit->objects.front();
                        m_done += chunk.count;
                        ++m_result.chunksCached;
                        ++m_result.cacheReads;
                        continue;
                    }
                }
            }
            m_missing.push_back(i);
        }
        m_result.chunksRendered = static_cast<std::int64_t>(m_missing.size());
        for (const PlanChunk& chunk : m_plan->chunks) // of a sample they are not all
            m_total += chunk.count;
        m_toRender = m_total - m_done;
    }

    /// Hands frames to the pool in order; sources decode here, ahead of the pool, so that no pool task waits for one.
    Result<void> renderMissing()
    {
        for (const std::size_t index : m_missing) {
            OpenChunk& chunk = m_chunks.emplace_back();
            chunk.plan = m_plan->chunks[index];
            chunk.index = index;
            chunk.next = chunk.plan.first;
            chunk.digests.resize(static_cast<std::size_t>(chunk.plan.count));
            const StreamFacts& facts = outputFacts();
            if (!waitForEncoder())
                return {};
            if (!m_options.pixelsOnly)
                chunk.encoder = TRY(makeChunkEncoder(m_profile, facts.width, facts.height, m_plan->canvas.rate));
            for (std::int64_t frame = chunk.plan.first; frame < chunk.plan.first + chunk.plan.count; ++frame) {
                if (!waitForRoom())
                    return {};
                const std::uint64_t before = threadMicroseconds();
                TRY(m_server.prefetch(*m_plan->output.picture, frame));
                chunk.microseconds += threadMicroseconds() - before;
                start(chunk, frame);
            }
        }
        return {};
    }

    void start(OpenChunk& chunk, std::int64_t frame)
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_tasks;
        }
        m_handed.fetch_add(1, std::memory_order_release);
        m_arena.enqueue([this, &chunk, frame] {
            m_handed.load(std::memory_order_acquire);
            renderFrame(chunk, frame);
            const std::lock_guard lock(m_mutex);
            --m_tasks;
            m_changed.notify_all();
        });
    }

    void waitForTasks()
    {
        while (!waitUntil([this] { return m_tasks == 0; })) {}
    }

    const StreamFacts& outputFacts() const
    {
        return m_plan->nodes[static_cast<std::size_t>(m_plan->output.picture->node)].outputs[static_cast<std::size_t>(m_plan->output.picture->output)];
    }

    /// Waits for a condition, telling progress; false while it does not hold yet.
    template <class Condition>
    bool waitUntil(Condition condition)
    {
        bool holds = false;
        {
            std::unique_lock lock(m_mutex);
            holds = m_changed.wait_for(lock, std::chrono::milliseconds(100), condition);
        }
        report(false);
        return holds;
    }

    /// Frames that wait for their chunk's encoder are held in its format up to their share of memory; then rendering waits.
    /// False when the run is over early.
    bool waitForRoom()
    {
        const auto frames = static_cast<std::int64_t>(m_threads) * 2 + 2;
        return takePlace(m_inFlight, [&] { return m_inFlight - m_waitingFrames < frames && (m_waiting < m_shares.waiting || m_waitingFrames == 0); });
    }

    /// The same for another open chunk.
    bool waitForEncoder()
    {
        return takePlace(m_open, [&] { return m_open < static_cast<std::int64_t>(m_shares.openChunks); });
    }

    template <class Condition>
    bool takePlace(std::int64_t& taken, Condition free)
    {
        while (!waitUntil([&] { return m_error.has_value() || free(); })) {
            if (m_options.cancel.cancelled())
                return false;
        }
        const std::lock_guard lock(m_mutex);
        if (m_error || m_options.cancel.cancelled())
            return false;
        ++taken;
        return true;
    }

    void renderFrame(OpenChunk& chunk, std::int64_t frame)
    {
        const std::uint64_t before = threadMicroseconds();
        auto rendered = packed(frame);
        chunk.microseconds += threadMicroseconds() - before;
        std::unique_lock lock(m_mutex);
        if (!rendered) {
            stop(std::move(rendered).error());
            --m_inFlight;
            m_changed.notify_all();
            return;
        }
        m_waiting += rendered->picture->data.size();
        ++m_waitingFrames;
        chunk.waiting.emplace(frame, std::move(*rendered));
        if (!chunk.busy)
            encodeWaiting(chunk, lock);
    }

    /// Frames that are the same work share one picture, also across chunks.
    Result<RenderedFrame> packed(std::int64_t frame)
    {
        if (m_options.cancel.cancelled())
            return fail(Fault::Cancelled, "the render was cancelled; finished chunks are kept");
        const FrameKey key = m_plan->outputFrameKey(frame);
        {
            const std::lock_guard lock(m_mutex);
            if (m_lastKey == key)
                return m_last;
        }
        const std::shared_ptr<PackedPicture> picture = spare();
        TRY(m_server.coded(*m_plan->output.picture, frame, *picture, m_options.cancel));
        RenderedFrame rendered{picture, m_options.pixelsOnly ? Digest{} : pixelsDigest(picture->data)};
        const std::lock_guard lock(m_mutex);
        m_lastKey = key;
        m_last = rendered;
        return rendered;
    }

    /// A picture to write codes into; it comes back when the last who holds it lets go, so that its memory is used again.
    std::shared_ptr<PackedPicture> spare()
    {
        std::unique_ptr<PackedPicture> picture;
        {
            const std::lock_guard lock(m_spares->mutex);
            if (!m_spares->pictures.empty()) {
                picture = std::move(m_spares->pictures.back());
                m_spares->pictures.pop_back();
            }
        }
        if (!picture)
            picture = std::make_unique<PackedPicture>(makePacked(outputFacts().width, outputFacts().height, m_profile.coding));
        return {picture.release(), [spares = m_spares](PackedPicture* used) {
                    const std::lock_guard lock(spares->mutex);
                    spares->pictures.emplace_back(used);
                }};
    }

    /// Encodes what is next in line; called with the lock held, which is given up while the encoder works.
    void encodeWaiting(OpenChunk& chunk, std::unique_lock<std::mutex>& lock)
    {
        chunk.busy = true;
        for (auto at = chunk.waiting.find(chunk.next); at != chunk.waiting.end() && !m_error; at = chunk.waiting.find(chunk.next)) {
            const RenderedFrame frame = std::move(at->second);
            chunk.waiting.erase(at);
            chunk.digests[static_cast<std::size_t>(chunk.next - chunk.plan.first)] = frame.digest;
            ++chunk.next;
            const bool last = chunk.next == chunk.plan.first + chunk.plan.count;
            lock.unlock();
            auto done = hand(chunk, *frame.picture, last);
            lock.lock();
            if (!done)
                stop(std::move(done).error());
            m_waiting -= frame.picture->data.size();
            --m_waitingFrames;
            --m_inFlight;
            m_open -= last ? 1 : 0;
            ++m_done;
            ++m_rendered;
            m_changed.notify_all();
        }
        if (m_error) { // nobody will take them
            m_inFlight -= static_cast<std::int64_t>(chunk.waiting.size());
            m_waitingFrames -= static_cast<std::int64_t>(chunk.waiting.size());
            chunk.waiting.clear();
            m_changed.notify_all();
        }
        chunk.busy = false;
    }

    /// Gives the picture before chunk.next to the encoder, and to who watches.
    Result<void> hand(OpenChunk& chunk, const PackedPicture& picture, bool last)
    {
        if (m_options.watch)
            TRY(m_options.watch(chunk.next - 1, picture));
        if (!chunk.encoder)
            return {};
        if (!m_profile.lossless)
            chunk.rows.push_back(comparedRows(picture.view(), chunk.next - 1 - chunk.plan.first, chunk.plan.count));
        const std::uint64_t before = threadMicroseconds();
        TRY(chunk.encoder->add(picture));
        chunk.microseconds += threadMicroseconds() - before;
        return last ? finish(chunk) : Result<void>();
    }

    Result<void> finish(OpenChunk& chunk)
    {
        const std::uint64_t before = threadMicroseconds();
        const EncodedChunk encoded = TRY(chunk.encoder->finish());
        chunk.encoder.reset();
        Json facts{{"digests", jsonOfDigests(chunk.digests)}, {"delay", static_cast<std::uint64_t>(delayOf(encoded))}};
        const std::string psnr = m_profile.lossless ? "" : decibels(TRY(leastLikeness(m_profile, encoded, chunk.rows)));
        chunk.rows = {};
        if (!m_profile.lossless)
            facts["psnr"] = psnr;
        const std::uint64_t cost = chunk.microseconds + threadMicroseconds() - before;
        const ContentId object = TRY(m_room.put(bytesOfChunk(encoded)));
        // That it is not found again costs time, and no film.
        static_cast<void>(m_room.store().putAction("chunk", m_plan->chunkKey(chunk.plan, m_profile).digest, {{object}, std::move(facts), cost}));
        const std::lock_guard lock(m_mutex);
        m_objects[chunk.index] = object;
        m_digests[chunk.index] = std::move(chunk.digests);
        m_psnr[chunk.index] = psnr;
        m_delays[chunk.index] = delayOf(encoded);
        return {};
    }

    void stop(Error error)
    {
        if (!m_error)
            m_error = std::move(error);
    }

    void report(bool always)
    {
        if (!m_options.progress || !(m_meter.isDue() || always))
            return;
        std::unique_lock lock(m_mutex);
        RunProgress progress = m_meter.progress(m_done, m_total, m_rendered, m_toRender);
        progress.chunksTotal = static_cast<std::int64_t>(m_objects.size());
        progress.chunksDone = std::ranges::count_if(m_objects, [](const ContentId& object) { return !object.isNull(); });
        lock.unlock();
        m_options.progress(progress);
    }

    std::shared_ptr<const Plan> m_plan;
    const EncodeProfile& m_profile;
    RunRoom& m_room;
    const RunOptions& m_options;
    const MemoryShares& m_shares;
    RunResult& m_result;
    FrameServer m_server;
    int m_threads;
    tbb::global_control m_limit;
    tbb::task_arena m_arena;

    std::vector<ContentId> m_objects;
    std::vector<std::vector<Digest>> m_digests;
    std::vector<std::string> m_psnr;
    std::vector<std::int64_t> m_delays; ///< −1 where a chunk does not tell
    std::vector<std::size_t> m_missing;
    std::int64_t m_total = 0;
    std::int64_t m_toRender = 0;
    ProgressMeter m_meter;

    struct Spares {
        std::mutex mutex;
        std::vector<std::unique_ptr<PackedPicture>> pictures;
    };
    std::shared_ptr<Spares> m_spares = std::make_shared<Spares>();

    std::deque<OpenChunk> m_chunks; ///< by the thread that opens them; others know one each
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Error> m_error;
    std::atomic<std::int64_t> m_handed{0}; ///< orders the two sides of the pool as oneTBB does, where a thread sanitizer sees it
    std::int64_t m_tasks = 0;              ///< given to the pool and not yet returned from
    std::int64_t m_open = 0;               ///< chunks that are not finished
    std::int64_t m_inFlight = 0;           ///< handed to the pool and not yet encoded
    std::int64_t m_waitingFrames = 0;      ///< of those, rendered
    std::size_t m_waiting = 0;             ///< bytes of those
    std::int64_t m_done = 0;
    std::int64_t m_rendered = 0;
    FrameKey m_lastKey;
    RenderedFrame m_last;
};

} // namespace

Result<void> runPictures(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, RunRoom& room, Sources& sources, const RunOptions& options, RunResult& result)
{
    EncodeProfile encoded = profile;
    if (options.pixelsOnly)
        encoded.videoCodec.clear(); // nothing is encoded, which takes no memory
    const MemoryShares shares = TRY(shareMemory(*plan, encoded, threadsOf(options), options.memory > 0 ? options.memory : usualMemoryBudget()));
    PictureRun run(std::move(plan), profile, room, sources, options, shares, result);
    return run.run();
}

} // namespace artdag
