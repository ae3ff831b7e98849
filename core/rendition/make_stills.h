// SPDX-License-Identifier: GPL-3.0-or-later
// The still renditions of media: a poster, thumbnails, a blurhash. They hold pixels and nothing that a camera or a program
// wrote beside them.
#pragma once

#include "core/base/json.h"
#include "core/worker/worker_process.h"

#include <filesystem>

namespace artdag {

/// Writes `poster.jpg` (within 1600 × 1600 px) and `thumb-640.webp`, `thumb-320.webp` into a folder. Of a film: its picture
/// at a tenth of its length, at most 3 s in. Gives `{"files": [{"kind", "file", "type", "width", "height"}], "blurhash",
/// "fingerprint"}`; no files and no fingerprint for sound alone.
Result<Json> makeStills(const std::filesystem::path& source, const std::filesystem::path& folder, const WorkerOptions& worker);

} // namespace artdag
