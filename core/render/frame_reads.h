// SPDX-License-Identifier: GPL-3.0-or-later
// Which pictures of sources a frame needs, found without rendering, and had decoded before they are needed. For
// frame_server.cpp.
#pragma once

#include "core/plan/plan.h"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace artdag {

/// One frame of one port.
using FrameOf = std::pair<NodePort, std::int64_t>;

/// Where frame `need.frame` of an input of a node comes from.
FrameOf frameSource(const Plan& plan, int node, const FrameNeed& need);

/// An error that begins with the node that it arose in, but for a cancellation.
Error namedError(const Plan& plan, Error error, int node);

/// The frames of sources behind a frame, each once, in the order in which they are needed. `isAtHand` says of which frames
/// nothing need be read.
std::vector<FrameOf> sourceFrames(const Plan& plan, Sources& sources, const FrameOf& frame, const std::function<bool(const FrameOf&)>& isAtHand);

/// Has a source decode what a frame of it shows. The picture then waits in its window.
Result<void> readSource(const Plan& plan, Sources& sources, const FrameOf& frame);

} // namespace artdag
