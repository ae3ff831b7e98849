// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/progress_meter.h"

namespace artdag {

bool ProgressMeter::isDue(Clock::time_point now)
{
    if (now - m_said < std::chrono::milliseconds(100))
        return false;
    m_said = now;
    return true;
}

RunProgress ProgressMeter::progress(std::int64_t done, std::int64_t total, std::int64_t rendered, std::int64_t toRender, Clock::time_point now)
{
    RunProgress progress;
    progress.framesDone = done;
    progress.framesTotal = total;
    m_history.emplace_back(now, rendered);
    while (m_history.size() > 2 && now - m_history.front().first > std::chrono::seconds(5))
        m_history.pop_front();
    const double seconds = std::chrono::duration<double>(now - m_history.front().first).count();
    if (seconds > 0.3)
        progress.framesPerSecond = static_cast<double>(rendered - m_history.front().second) / seconds;
    if (progress.framesPerSecond > 0)
        progress.secondsLeft = static_cast<double>(toRender - rendered) / progress.framesPerSecond;
    return progress;
}

} // namespace artdag
