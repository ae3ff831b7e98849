// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that do the Studio's long work in order of urgency. Work has a slot: newer work for a slot takes the place of
// what waits there and cancels what runs there, so that nobody waits for a stale picture. Knows nothing of Qt or pixels.
#pragma once

#include "core/render/frame_server.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace artdag {

/// Smaller is sooner.
enum class Urgency {
    Sound,
    Viewer,
    Inspect,
    Playback,
    Thumbnail,
    Idle,
    Background, ///< begins only while nothing else waits or runs; in small pieces, each of which posts the next
};

class WorkQueue {
public:
    using Work = std::function<void(const CancelToken&)>;

    explicit WorkQueue(int threads);
    /// Cancels everything and waits for what runs.
    ~WorkQueue();
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    /// Thread-safe; returns at once. With `keepRunning`, running work of the slot may finish (a draft that is nearly there).
    void post(Urgency urgency, std::string slot, Work work, bool keepRunning = false);
    /// Forgets and cancels all work whose slot begins with this.
    void cancel(std::string_view slotPrefix);
    /// Nothing waits and nothing runs, but for Background.
    [[nodiscard]] bool idle() const;

private:
    struct Entry {
        Urgency urgency = Urgency::Idle;
        std::uint64_t order = 0;
        std::string slot;
        Work work;
        CancelToken cancel;
    };
    void run(const std::stop_token& stop);
    [[nodiscard]] std::list<Entry>::iterator next(); ///< what may begin; the end when nothing may

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::list<Entry> m_waiting;
    std::list<Entry> m_running;
    std::uint64_t m_order = 0;
    std::vector<std::jthread> m_threads;
};

} // namespace artdag
