// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/thread_time.h"

#include <ctime>

namespace artdag {

std::uint64_t threadMicroseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(now.tv_nsec) / 1000;
}

} // namespace artdag
