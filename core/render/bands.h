// SPDX-License-Identifier: GPL-3.0-or-later
// One picture made by several threads, each a band of its rows: for a frame that somebody waits for. An export has frames
// enough to give each thread its own.
#pragma once

#include "core/base/result.h"
#include "core/picture/picture.h"

#include <functional>

namespace artdag {

/// As many bands as keep all cores busy when one of them is slow.
int bandsForOneFrame();

/// Calls `make` for bands of `out` that cover it, side by side, and returns when all are done: the error of the uppermost that
/// failed. The caller's thread takes part, and takes up nothing else meanwhile.
Result<void> inBands(PictureView out, int bands, const std::function<Result<void>(PictureView)>& make);

} // namespace artdag
