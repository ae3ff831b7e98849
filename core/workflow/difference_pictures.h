// SPDX-License-Identifier: GPL-3.0-or-later
// Shows where two pictures differ, for people: both, and their difference made strong enough to see, as PNG files.
#pragma once

#include "core/base/result.h"
#include "core/picture/picture.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace artdag {

/// Writes frame-N-expected.png, frame-N-got.png and frame-N-difference.png (mid-grey where equal, differences eight times
/// as strong) into a directory, which is made. `got` may be null: then only the first. Returns what was written.
Result<std::vector<std::filesystem::path>> writeDifference(const std::filesystem::path& directory, std::int64_t frame, const CodedPicture& expected, const CodedPicture* got);

} // namespace artdag
