// SPDX-License-Identifier: GPL-3.0-or-later
// A media file that is decoded in another process, `artdag-worker`, which can open nothing and reach nobody. A file that
// breaks the decoder ends that process, not this one. The pictures and the sound are those that openMedia gives.
#pragma once

#include "core/media/decode.h"
#include "core/worker/worker_process.h"

namespace artdag {

/// As openMedia. When the worker ends, hangs or lies, the question fails with an error that names the file (see WorkerEnd); the
/// next question starts another worker, except that nextPicture cannot go on. Unavailable when there is no worker program.
Result<std::unique_ptr<MediaFile>> openMediaInWorker(const std::filesystem::path& path, const WorkerOptions& options = {});

/// For openWorkspace and MediaSources.
MediaOpener workerOpener(WorkerOptions options = {});

} // namespace artdag
