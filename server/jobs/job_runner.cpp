// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_runner.h"

#include "server/operation/log.h"

#include <algorithm>
#include <array>
#include <exception>

namespace artdag::server {

namespace {

constexpr std::int64_t second = 1'000'000;

std::int64_t waitAfter(int tries)
{
    constexpr std::array<std::int64_t, 6> minutes{1, 5, 15, 60, 180, 720};
    return 60 * second * minutes.at(std::min<std::size_t>(static_cast<std::size_t>(tries), minutes.size() - 1));
}

std::int64_t leaseOf(const std::map<std::string, JobKind>& kinds)
{
    std::chrono::seconds longest{60};
    for (const auto& [name, kind] : kinds)
        longest = std::max(longest, kind.lease);
    return longest.count() * second;
}

} // namespace

JobRunner::JobRunner(Database& database, std::map<std::string, JobKind> kinds, int threads)
    : m_database(database),
      m_kinds(std::move(kinds))
{
    for (const auto& [name, kind] : m_kinds)
        m_names.push_back(name);
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { loop(); });
}

JobRunner::~JobRunner()
{
    m_stopping = true;
    wake();
    for (std::thread& thread : m_threads)
        thread.join();
}

void JobRunner::wake()
{
    const std::lock_guard lock(m_mutex);
    ++m_wakes;
    m_woken.notify_all();
}

void JobRunner::loop()
{
    while (!m_stopping) {
        std::unique_lock lock(m_mutex);
        const std::uint64_t seen = m_wakes;
        lock.unlock();
        const auto job = claimJob(m_database, m_names, nowMicroseconds(), leaseOf(m_kinds));
        if (job && *job) {
            runOne(**job);
            continue;
        }
        if (!job && !m_complained.exchange(true)) // once, not every second until the database is back
            logTrouble("jobs", job.error().message);
        if (job)
            m_complained = false;
        lock.lock();
        m_woken.wait_for(lock, std::chrono::seconds(1), [&] { return m_stopping || m_wakes != seen; });
    }
}

void JobRunner::runOne(const Job& job)
{
    const JobKind& kind = m_kinds.at(job.kind);
    Result<void> done;
    try {
        done = kind.run(job, m_stopping);
    } catch (const std::exception& error) { // a library's; ours do not throw
        done = fail(Fault::Corrupt, std::string("job '") + job.kind + "': " + error.what());
    } catch (...) {
        done = fail(Fault::Corrupt, std::string("job '") + job.kind + "': something unknown was thrown");
    }
    Result<void> noted;
    if (done)
        noted = finishJob(m_database, job);
    else if (done.error().fault == Fault::Cancelled)
        noted = retryJob(m_database, job.id, nowMicroseconds(), "");
    else if (done.error().fault == Fault::Unavailable && job.tries + 1 < kind.tries)
        noted = retryJob(m_database, job.id, nowMicroseconds() + waitAfter(job.tries), done.error().message);
    else
        noted = abandonJob(m_database, job.id, done.error().message);
    if (!noted)
        LogLine(LogLevel::Warning, "job").text("kind", job.kind).text("what", noted.error().message).write();
}

} // namespace artdag::server
