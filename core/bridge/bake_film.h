// SPDX-License-Identifier: GPL-3.0-or-later
// What a filter gives as a file: FFV1 in Matroska, the codes that the filter gave, one frame for each of the canvas; or sound
// as WAV of float32 at the canvas' rate.
#pragma once

#include "core/bridge/bridge_description.h"
#include "core/bridge/bridge_options.h"
#include "core/effect/bridge.h"

namespace artdag {

/// See Bridge::bake. The film is as long as the filter makes it, but not longer than the longest input or the canvas.
/// `plugin`: the file of a frei0r plugin, empty for libavfilter.
Result<void> bakeFilm(const BridgeDescription& description, const std::filesystem::path& plugin, const BridgeOptions& options, const BakeCall& call, const std::filesystem::path& film);

} // namespace artdag
