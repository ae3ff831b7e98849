// SPDX-License-Identifier: GPL-3.0-or-later
// Shuts the calling process in: no files, no network, no other programs, limits on memory and CPU time. What it may still do
// is compute, and talk over descriptors that it already holds. There is no way back.
#pragma once

#include "core/base/result.h"

#include <cstdint>

namespace artdag {

struct SandboxLimits {
    std::uint64_t memoryBytes = 0; ///< of address space; 0: no limit
    std::uint64_t cpuSeconds = 0;  ///< 0: no limit
};

/// For a process with one thread, before it reads a byte from outside. Any other system call than the few on the list fails
/// with EPERM. Unavailable when the kernel refuses: then the process must not go on.
Result<void> enterSandbox(const SandboxLimits& limits);

} // namespace artdag
