// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that claim jobs and do them: what is due is found at once when woken, else every second. A job that fails is tried
// again later and later; one that throws or runs out of tries is kept with its reason.
#pragma once

#include "server/db/jobs.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace artdag::server {

/// How a kind of job is done. Unavailable is tried again (1, 5, 15, 60 … minutes); any other fault is final. `stopping` turns
/// true when the server stops: a long job gives up soon after with Cancelled, and is done again after the next start.
struct JobKind {
    std::function<Result<void>(const Job& job, const std::atomic<bool>& stopping)> run;
    std::chrono::seconds lease{300};
    int tries = 12;
};

class JobRunner {
public:
    JobRunner(Database& database, std::map<std::string, JobKind> kinds, int threads);
    ~JobRunner(); ///< stops and waits
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    /// There may be something to do: call after addJob.
    void wake();

private:
    void loop();
    void runOne(const Job& job);
    Database& m_database;
    std::map<std::string, JobKind> m_kinds;
    std::vector<std::string> m_names;
    std::atomic<bool> m_stopping{false};
    std::atomic<bool> m_complained{false}; ///< of a database that does not answer
    std::mutex m_mutex;
    std::condition_variable m_woken;
    std::uint64_t m_wakes = 0; ///< so that a call between looking and waiting is not lost
    std::vector<std::thread> m_threads;
};

} // namespace artdag::server
