// SPDX-License-Identifier: GPL-3.0-or-later
// Which pictures of sources a frame needs, found without rendering, and had decoded before they are needed. For
// frame_server.cpp.
#pragma once

#include "core/render/frame_origin.h"

#include <functional>
#include <vector>

namespace artdag {

/// The frames of sources behind a frame, each once, in the order in which they are needed. `isAtHand` says of which frames
/// nothing need be read.
std::vector<FrameOrigin> sourceFrames(const Plan& plan, Sources& sources, const FrameOrigin& frame, const std::function<bool(const FrameOrigin&)>& isAtHand);

/// Has a source decode what a frame of it shows. The picture then waits in its window.
Result<void> readSource(const Plan& plan, Sources& sources, const FrameOrigin& frame);

} // namespace artdag
