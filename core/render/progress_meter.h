// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a run has been in the last seconds, and how long the rest will take.
#pragma once

#include "core/render/run_plan.h"

#include <chrono>
#include <deque>
#include <utility>

namespace artdag {

/// Used by one thread.
class ProgressMeter {
public:
    using Clock = std::chrono::steady_clock;
    /// Whether a tenth of a second has passed since it said so the last time.
    bool isDue(Clock::time_point now = Clock::now());
    /// `rendered` of the `toRender` frames that had to be; cached ones are in `done` and `total` only.
    RunProgress progress(std::int64_t done, std::int64_t total, std::int64_t rendered, std::int64_t toRender, Clock::time_point now = Clock::now());

private:
    Clock::time_point m_said;
    std::deque<std::pair<Clock::time_point, std::int64_t>> m_history;
};

} // namespace artdag
