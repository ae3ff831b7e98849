// SPDX-License-Identifier: GPL-3.0-or-later
// What a file from a stranger is, found out in a worker. A program that only asks this runs no decoder, and links none.
#pragma once

#include "core/media/decode.h"
#include "core/worker/worker_process.h"

namespace artdag {

struct MediaProbe {
    std::optional<FileFacts> facts;
    std::string problem;  ///< why there are none, beginning with the file
    bool harmful = false; ///< the file ended the worker as an attack would, or had it say what cannot be true
};

/// Unavailable when there is no worker program; everything else is a finding.
Result<MediaProbe> probeInWorker(const MediaOrigin& origin, const WorkerOptions& options = {});

/// A worker that has opened the media, and what it says of them.
struct OpenedInWorker {
    std::unique_ptr<WorkerProcess> worker;
    FileFacts facts;
};
/// `ended`, unless null, is set where it is the worker's end that is the error.
Result<OpenedInWorker> openInWorker(const MediaOrigin& origin, const WorkerOptions& options, std::optional<WorkerEnd>* ended = nullptr);

/// `file 'cat.mp4': its decoder was ended by signal 11 …`
Error errorOfEnd(const WorkerEnd& end, const FileSource& media);

} // namespace artdag
