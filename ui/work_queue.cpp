// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/work_queue.h"

#include <algorithm>
#include <tuple>

namespace artdag {

WorkQueue::WorkQueue(int threads)
{
    for (int i = 0; i < std::max(1, threads); ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

WorkQueue::~WorkQueue()
{
    cancel("");
    for (auto& thread : m_threads)
        thread.request_stop();
    m_wake.notify_all();
}

void WorkQueue::post(Urgency urgency, std::string slot, Work work, bool keepRunning)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.remove_if([&](const Entry& entry) { return entry.slot == slot; });
        if (!keepRunning) {
            for (auto& entry : m_running) {
                if (entry.slot == slot)
                    entry.cancel.cancel();
            }
        }
        m_waiting.push_back({urgency, m_order++, std::move(slot), std::move(work), CancelToken{}});
    }
    m_wake.notify_one();
}

void WorkQueue::cancel(std::string_view slotPrefix)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.remove_if([&](const Entry& entry) { return entry.slot.starts_with(slotPrefix); });
    for (auto& entry : m_running) {
        if (entry.slot.starts_with(slotPrefix))
            entry.cancel.cancel();
    }
}

bool WorkQueue::idle() const
{
    const std::lock_guard lock(m_mutex);
    const auto counts = [](const Entry& entry) { return entry.urgency != Urgency::Background; };
    return std::ranges::none_of(m_waiting, counts) && std::ranges::none_of(m_running, counts);
}

std::list<WorkQueue::Entry>::iterator WorkQueue::next()
{
    const auto first = std::ranges::min_element(m_waiting, [](const Entry& a, const Entry& b) {
        return std::tie(a.urgency, a.order) < std::tie(b.urgency, b.order);
    });
    return first != m_waiting.end() && first->urgency == Urgency::Background && !m_running.empty() ? m_waiting.end() : first;
}

void WorkQueue::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return next() != m_waiting.end(); }) && !stop.stop_requested()) { // work in pieces would go on and on
        const auto entry = next();
        m_running.splice(m_running.end(), m_waiting, entry);
        lock.unlock();
        entry->work(entry->cancel);
        entry->work = nullptr; // what it captured ends outside the lock
        lock.lock();
        m_running.erase(entry);
    }
}

} // namespace artdag
