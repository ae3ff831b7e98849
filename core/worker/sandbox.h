// SPDX-License-Identifier: GPL-3.0-or-later
// Shuts the calling process in: no files, no network, no other programs, limits on memory and processor time. What it may
// still do is compute, and use descriptors that it already holds. There is no way back.
#pragma once

#include "core/base/result.h"

#include <cstdint>

namespace artdag {

struct SandboxLimits {
    std::uint64_t memoryBytes = std::uint64_t{4} << 30; ///< of address space
    std::uint64_t cpuSeconds = 24 * 3600;               ///< of all threads, over the whole life
    int descriptors = 16;                               ///< numbers below this one may be open
};

/// For a process with one thread, before it reads a byte from outside. Any system call that is not on the list fails with
/// EPERM. Unavailable when the kernel refuses: then the process must not go on.
Result<void> enterSandbox(const SandboxLimits& limits);

} // namespace artdag
