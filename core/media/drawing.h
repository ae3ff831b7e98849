// SPDX-License-Identifier: GPL-3.0-or-later
// An SVG drawing as a still picture. Every machine draws it a little differently, so its decoder says `inexact`, and who reads
// it bakes it. Its picture may be larger than its facts say it is shown, so that it stays sharp when it is enlarged.
#pragma once

#include "core/media/container.h"
#include "core/media/decode.h"

namespace artdag {

/// Text that holds an `<svg` among its first bytes.
bool isDrawing(const FileSource& source);

/// BadInput for what cannot be drawn, is too large, takes too long or makes the library crash.
Result<std::unique_ptr<MediaFile>> openDrawing(const SourcePointer& source, Draws where);

} // namespace artdag
