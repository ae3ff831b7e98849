// SPDX-License-Identifier: GPL-3.0-or-later
// Where a frame comes from when nodes pass it on unchanged: the node that makes it, or the picture of a file that it is.
#pragma once

#include "core/plan/plan.h"

#include <optional>
#include <utility>

namespace artdag {

struct FrameOrigin {
    NodePort port;
    std::int64_t frame = 0;
    bool operator==(const FrameOrigin&) const = default;
};

/// Where frame `need.frame` of an input of `node` comes from.
FrameOrigin originOf(const Plan& plan, int node, const FrameNeed& need);
/// Follows a frame that is passed on unchanged to where it is made.
FrameOrigin madeAt(const Plan& plan, Sources& sources, FrameOrigin frame);
/// The picture of a file that a frame is, where it is made; nothing when it is computed. Errors name the node.
Result<std::optional<FilePicture>> filePictureOf(const Plan& plan, Sources& sources, const FrameOrigin& made);

/// The same error, with the node in front unless one is named already.
Error named(Error error, const Plan& plan, int node);

} // namespace artdag
