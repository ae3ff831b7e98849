// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that claim runs from the table of jobs and have them rendered, one process each. A lease of ten seconds is renewed
// while a run is under way, so another server on the same database goes on with it when this one dies. Renders have threads
// of their own: minutes of them must not keep deliveries waiting.
#pragma once

#include "server/db/jobs.h"
#include "server/db/runs.h"
#include "server/l2/site.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace artdag::server {

inline constexpr std::string_view runJob = "run"; ///< kind of the jobs; their ref is a run's id

class LiveFilm;

class RenderQueue {
public:
    RenderQueue(Site& site, int threads);
    ~RenderQueue(); ///< what is under way is stopped, and taken up after the next start
    RenderQueue(const RenderQueue&) = delete;
    RenderQueue& operator=(const RenderQueue&) = delete;
    /// There may be something to do.
    void wake();
    /// The stream of what is being rendered here by this run key, or was a moment ago; null otherwise.
    std::shared_ptr<LiveFilm> liveOf(const std::string& runKey);

private:
    void loop();
    Result<void> perform(const Job& job);
    Result<void> render(const Job& job, const Run& run);
    std::shared_ptr<LiveFilm> beginLive(const Run& run);
    void forgetLive();
    Site& m_site;
    std::atomic<bool> m_stopping{false};
    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::uint64_t m_wakes = 0;
    std::map<std::string, std::shared_ptr<LiveFilm>> m_live; ///< by run key
    std::vector<std::thread> m_threads;
};

} // namespace artdag::server
