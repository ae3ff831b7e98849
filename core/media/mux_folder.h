// SPDX-License-Identifier: GPL-3.0-or-later
// Films that are folders: numbered pictures, and streams of segments with their playlist.
#pragma once

#include "core/media/encode.h"

namespace artdag {

/// Writes a folder whose names do not depend on where it lies. Conflict for a folder that holds anything else.
Result<void> muxFolder(const MuxInput& input, const std::filesystem::path& path);
/// Writes one film to an address of FFmpeg's.
Result<void> muxStream(const MuxInput& input, const std::string& url);

} // namespace artdag
