// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a file can be given to any browser and any server of the fediverse as it is.
#pragma once

#include "core/media/decode.h"

#include <filesystem>

namespace artdag {

/// A film: MP4 whose index comes before its media, H.264 of 8 bits and 4:2:0, within 1920 × 1920 px and 60 frames a second,
/// with AAC or no sound. Sound alone: MP3 or AAC.
Result<bool> playsEverywhere(const std::filesystem::path& file, const FileFacts& facts);

} // namespace artdag
