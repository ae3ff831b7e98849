// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a render: the pictures of a run, or the coded pictures of other films, become a file with a name. The file is read
// for its name while the disk makes it durable.
#pragma once

#include "core/workflow/render_recipe.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace artdag {

/// A film's bytes as they were written.
struct WrittenFilm {
    ContentId content;
    std::uint64_t size = 0; ///< bytes; 0 for a folder
    Digest sums{};          ///< of the block sums (core/store/block_sums.h) of a file that a muxer wrote; else zeros
};

/// Runs the plan and writes the film. One that has the length and the sums of `before` is that film and is not hashed again.
Result<WrittenFilm> runToFile(const PlannedRender& planned, Store& store, MediaSources& sources, const RunOptions& options, const std::filesystem::path& path, RunResult& run, const std::optional<WrittenFilm>& before = {});
/// Writes the chunks and the sound of a run, objects of its room or of `store`, into a file.
Result<WrittenFilm> muxRun(const PlannedRender& planned, const RunResult& run, Store& store, const std::filesystem::path& path, const std::optional<WrittenFilm>& before = {});

} // namespace artdag
