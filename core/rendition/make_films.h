// SPDX-License-Identifier: GPL-3.0-or-later
// The moving renditions of a film, or of sound alone: an MP4 that plays everywhere, and a stream (HLS, RFC 8216) in several
// resolutions, all from one pass over the source. Done in steps of a few seconds of film, so that it can be given up.
#pragma once

#include "core/base/json.h"
#include "core/worker/worker_process.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace artdag {

/// A file with the next pictures of a film.
struct FilmPiece {
    std::filesystem::path file;
    std::int64_t frames = 0;
};

class FilmMaking {
public:
    /// Writes into an empty folder: `share.mp4` unless the source plays everywhere already, `hls/index.m3u8` with a folder for
    /// each level (`hls/720/…`), `sound.m4a` for sound alone that is no MP3 or AAC.
    static Result<std::unique_ptr<FilmMaking>> begin(const std::filesystem::path& source, const std::filesystem::path& folder, const WorkerOptions& worker);
    /// Of a film of `frames` pictures that is still being rendered, from pieces of it. The stream's playlists are there and grow while it is
    /// made (`#EXT-X-PLAYLIST-TYPE:EVENT`, RFC 8216 §4.3.3.5): what they list once does not change. `sound`: a file with all of it, or empty.
    static Result<std::unique_ptr<FilmMaking>> beginLive(const FilmPiece& first, const std::filesystem::path& sound, std::int64_t frames, const std::filesystem::path& folder, const WorkerOptions& worker);
    virtual ~FilmMaking() = default;
    /// The next piece of a live one.
    virtual Result<void> add(const FilmPiece& piece) = 0;
    /// `{"done": false, "permille": 120}` until it is `{"done": true, "files": [{"kind", "file", "type", …}], "original": bool,
    /// "fingerprint"}`; with `"waits": true` where the next piece must come first. `original` says that the source itself plays everywhere and the fingerprint is of its sound, or null.
    virtual Result<Json> step() = 0;
};

} // namespace artdag
