// SPDX-License-Identifier: GPL-3.0-or-later
// The moving renditions of a film, or of sound alone: an MP4 that plays everywhere, and a stream (HLS, RFC 8216) in several
// resolutions, all from one pass over the source. Done in steps of a few seconds of film, so that it can be given up.
#pragma once

#include "core/base/json.h"
#include "core/worker/worker_process.h"

#include <filesystem>
#include <memory>

namespace artdag {

class FilmMaking {
public:
    /// Writes into an empty folder: `share.mp4` unless the source plays everywhere already, `hls/index.m3u8` with a folder for
    /// each level (`hls/720/…`), `sound.m4a` for sound alone that is no MP3 or AAC.
    static Result<std::unique_ptr<FilmMaking>> begin(const std::filesystem::path& source, const std::filesystem::path& folder, const WorkerOptions& worker);
    virtual ~FilmMaking() = default;
    /// `{"done": false, "permille": 120}` until it is `{"done": true, "files": [{"kind", "file", "type", …}], "original": bool,
    /// "fingerprint"}`, where `original` says that the source itself plays everywhere and the fingerprint is of its sound, or null.
    virtual Result<Json> step() = 0;
};

} // namespace artdag
