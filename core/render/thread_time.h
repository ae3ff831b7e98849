// SPDX-License-Identifier: GPL-3.0-or-later
// What work costs: processor time of the calling thread, which other programs on the machine do not lengthen. For what is
// evicted first, never in a key.
#pragma once

#include <cstdint>

namespace artdag {

/// Microseconds since the calling thread began.
std::uint64_t threadMicroseconds();

} // namespace artdag
