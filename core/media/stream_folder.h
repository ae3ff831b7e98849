// SPDX-License-Identifier: GPL-3.0-or-later
// A folder for HTTP streaming read back, as a player reads it: for verification.
#pragma once

#include "core/media/file_source.h"

namespace artdag {

/// Whether a folder holds a playlist, `index.m3u8`.
bool isStreamFolder(const std::filesystem::path& folder);
/// Its initialisation and its segments in the order of the playlist, joined into one fragmented MP4 (RFC 8216, 3.3) that
/// takes room for temporary files. BadInput for a playlist that names anything outside the folder or gives no segments.
Result<SourcePointer> joinedStream(const std::filesystem::path& folder);

} // namespace artdag
