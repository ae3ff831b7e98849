// SPDX-License-Identifier: GPL-3.0-or-later
// A media file that is decoded in another process, `artdag-worker`, which can open nothing and reach nobody. A file that
// breaks the decoder ends that process, not this one.
#pragma once

#include "core/media/decode.h"
#include "core/worker/sandbox.h"

#include <chrono>

namespace artdag {

struct WorkerOptions {
    std::filesystem::path program; ///< empty: `artdag-worker` beside this program
    SandboxLimits limits{std::uint64_t{4} << 30, 0};
    std::chrono::milliseconds patience{120000}; ///< for one answer; then the worker is ended
};

/// As openMedia. A worker that dies is started once more and asked again; when that one dies too, the error names the file
/// and what ended it. Unavailable when there is no worker program, or the kernel refuses its sandbox.
Result<std::unique_ptr<MediaFile>> openMediaInWorker(const std::filesystem::path& path, const WorkerOptions& options = {});

} // namespace artdag
