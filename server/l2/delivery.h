// SPDX-License-Identifier: GPL-3.0-or-later
// Sends what the table of deliveries holds: one thread looks for what is due, eight send it. A peer that hangs holds two of
// them for a quarter of a minute, and its other deliveries wait in the table.
#pragma once

#include "server/db/deliveries.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace artdag::server {

struct Site;

class Deliverer {
public:
    explicit Deliverer(Site& site);
    ~Deliverer(); ///< waits for what is under way
    Deliverer(const Deliverer&) = delete;
    Deliverer& operator=(const Deliverer&) = delete;
    /// Something may be due.
    void wake();

private:
    void look();
    void send();
    Site& m_site;
    std::mutex m_mutex;
    std::condition_variable m_woken, m_given;
    std::deque<Delivery> m_ready;
    int m_busy = 0; ///< claimed and not finished
    bool m_due = true, m_stopping = false;
    std::vector<std::thread> m_threads;
};

/// Makes the deliverer of a site that is open, and starts it.
void startDelivering(Site& site);

} // namespace artdag::server
