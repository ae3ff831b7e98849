// SPDX-License-Identifier: GPL-3.0-or-later
// A still to show before a film plays. Made on the creator's machine, so that a server need not decode strangers' media.
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace artdag {

/// Writes a JPEG of the picture two fifths into a film, at most 1280 px wide. BadInput when it has no picture.
Result<void> makePoster(const std::filesystem::path& film, const std::filesystem::path& poster);

} // namespace artdag
