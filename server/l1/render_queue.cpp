// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/render_queue.h"

#include "core/base/files.h"
#include "server/l1/finished_film.h"
#include "server/l1/live_film.h"
#include "server/l1/render_order.h"
#include "server/l1/renderer.h"
#include "server/operation/log.h"

#include <array>

namespace artdag::server {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::int64_t leaseTime = 10'000'000; // µs
constexpr std::chrono::seconds renewEvery(2);
constexpr std::chrono::milliseconds noteEvery(250);
constexpr int attempts = 3; // of a process that is killed from outside

/// Keeps a job leased and its progress in the database while a process is heard, and says when to stop.
class Watch {
public:
    Watch(Site& site, const Job& job, const Run& run, LiveFilm& live, const std::atomic<bool>& stopping)
        : m_site(site),
          m_job(job),
          m_run(run),
          m_live(live),
          m_stopping(stopping) {}
    void hear(const Json& progress)
    {
        m_live.hear(progress);
        m_done = progress.value("done", std::int64_t{0});
        m_total = progress.value("total", m_run.total);
    }
    bool shouldStop()
    {
        const auto now = Clock::now();
        if (now - m_renewed > renewEvery) {
            (void)renewJob(*m_site.database, m_job.id, nowMicroseconds() + leaseTime); // a database that is away comes back
            m_renewed = now;
        }
        if (now - m_noted > noteEvery) {
            m_noted = now;
            const auto users = waitingFor(*m_site.database, m_run.runKey, m_run.recipe);
            unwanted = users && users->empty();
            if (!unwanted)
                (void)noteProgress(*m_site.database, m_run.runKey, m_run.recipe, m_done, m_total);
        }
        return unwanted || m_stopping;
    }
    bool unwanted = false;

private:
    Site& m_site;
    const Job& m_job;
    const Run& m_run;
    LiveFilm& m_live;
    const std::atomic<bool>& m_stopping;
    std::int64_t m_done = 0;
    std::int64_t m_total = m_run.total;
    Clock::time_point m_renewed = Clock::now();
    Clock::time_point m_noted{};
};

Result<void> failRuns(Site& site, const Run& run, const std::string& why)
{
    RunEnd end;
    end.state = "failed";
    end.error = why;
    for (auto users = TRY(waitingFor(*site.database, run.runKey, run.recipe)); !users.empty(); users = TRY(waitingFor(*site.database, run.runKey, run.recipe)))
        for (const std::int64_t user : users)
            TRY(endRuns(*site.database, run.runKey, run.recipe, user, end));
    return {};
}

} // namespace

RenderQueue::RenderQueue(Site& site, int threads)
    : m_site(site)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { loop(); });
}

RenderQueue::~RenderQueue()
{
    m_stopping = true;
    wake();
    for (std::thread& thread : m_threads)
        thread.join();
    m_live.clear();
}

void RenderQueue::wake()
{
    const std::lock_guard lock(m_mutex);
    ++m_wakes;
    m_woken.notify_all();
}

void RenderQueue::loop()
{
    const std::array<std::string, 1> kinds{std::string(runJob)};
    while (!m_stopping) {
        forgetLive();
        std::unique_lock lock(m_mutex);
        const std::uint64_t seen = m_wakes;
        lock.unlock();
        const auto job = claimJob(*m_site.database, kinds, nowMicroseconds(), leaseTime);
        if (job && *job) {
            if (const auto done = perform(**job); !done)
                LogLine(LogLevel::Warning, "run").text("run", (*job)->ref).text("what", done.error().message).write(); // its lease runs out, and it is tried again
            continue;
        }
        if (!job)
            logTrouble("runs", job.error().message);
        lock.lock();
        m_woken.wait_for(lock, std::chrono::seconds(1), [&] { return m_stopping || m_wakes != seen; });
    }
}

Result<void> RenderQueue::perform(const Job& job)
{
    const auto run = findRun(*m_site.database, job.ref);
    if (!run && run.error().fault != Fault::NotFound)
        return tl::unexpected<Error>(run.error());
    if (!run || TRY(waitingFor(*m_site.database, run->runKey, run->recipe)).empty())
        return finishJob(*m_site.database, job);
    // The same work under another text finds all of it in the store a moment later. Unequal waits, so that two who see each
    // other do not do so again.
    if (TRY(isWorkedOn(*m_site.database, run->runKey, job.id, nowMicroseconds())))
        return retryJob(*m_site.database, job.id, nowMicroseconds() + 300'000 + secureRandom(1)[0] * 2'000, "");
    return render(job, *run);
}

Result<void> RenderQueue::render(const Job& job, const Run& run)
{
    const auto text = readTextFile(m_site.objects.path(run.recipe));
    if (!text)
        return failRuns(m_site, run, "run: its recipe is not here any more");
    const std::shared_ptr<LiveFilm> live = beginLive(run);
    Json order = orderOf(m_site, "render", RenderWish{*text, run.request});
    order["folder"] = m_site.renderer->folderOf(run.id).string();
    Watch watch(m_site, job, run, *live, m_stopping);
    Result<Json> answer = fail(Fault::Unavailable, "run: not begun");
    for (int attempt = 0; attempt < attempts && !answer && answer.error().fault == Fault::Unavailable; ++attempt)
        answer = runOrder(
            renderProcess(*m_site.renderer), order, [&](const Json& progress) { watch.hear(progress); }, [&] { return watch.shouldStop(); });
    Result<void> done;
    if (!answer && answer.error().fault == Fault::Cancelled)
        done = watch.unwanted ? finishJob(*m_site.database, job) : retryJob(*m_site.database, job.id, nowMicroseconds(), "");
    else {
        if (answer && answer->contains("film"))
            done = keepFilm(m_site, run, (*answer)["film"]);
        else if (answer && answer->contains("problems"))
            done = failRuns(m_site, run, "recipe: it has mistakes");
        else
            done = failRuns(m_site, run, answer ? answer->value("error", Json::object()).value("message", "run: no answer") : answer.error().message);
        if (done)
            done = finishJob(*m_site.database, job);
    }
    const auto ended = findRun(*m_site.database, run.id);
    live->end(done && ended ? ended->content : std::nullopt);
    return done;
}

std::shared_ptr<LiveFilm> RenderQueue::liveOf(const std::string& runKey)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_live.find(runKey);
    return found == m_live.end() ? nullptr : found->second;
}

/// With its folder, empty.
std::shared_ptr<LiveFilm> RenderQueue::beginLive(const Run& run)
{
    std::unique_lock lock(m_mutex);
    auto former = m_live.extract(run.runKey); // of an earlier try: its folder, which may be this one's, goes with it
    lock.unlock();
    former = {};
    const std::filesystem::path folder = m_site.renderer->folderOf(run.id);
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored); // of a server that was killed
    std::filesystem::create_directories(folder, ignored);
    auto live = std::make_shared<LiveFilm>(m_site, folder, run.total);
    lock.lock();
    return m_live[run.runKey] = std::move(live);
}

/// Those that are done; their folders go with them.
void RenderQueue::forgetLive()
{
    std::vector<std::shared_ptr<LiveFilm>> done; // they end outside of the lock
    const std::lock_guard lock(m_mutex);
    for (auto live = m_live.begin(); live != m_live.end();) {
        const bool isDone = live->second->isDone();
        if (isDone)
            done.push_back(std::move(live->second));
        live = isDone ? m_live.erase(live) : std::next(live);
    }
}

} // namespace artdag::server
