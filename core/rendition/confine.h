// SPDX-License-Identifier: GPL-3.0-or-later
// Less than a program may usually do: no network, limits on memory, processor time and the size of files. For a process that
// works on pixels of strangers, which another one, shut in entirely, has decoded.
#pragma once

#include "core/worker/sandbox.h"

namespace artdag {

/// There is no way back, also for programs that it starts. `longestFile` in bytes. Unavailable when the kernel refuses.
Result<void> confine(const SandboxLimits& limits, std::uint64_t longestFile);

} // namespace artdag
