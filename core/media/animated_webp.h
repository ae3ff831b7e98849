// SPDX-License-Identifier: GPL-3.0-or-later
// An animated WebP: pictures with durations, each a whole one or a patch on those before it. FFmpeg 5.1 does not read it.
#pragma once

#include "core/media/container.h"
#include "core/media/decode.h"

namespace artdag {

/// The extended header of the file says that it moves (WebP Container Specification, "Extended File Format").
bool isAnimatedWebp(const FileSource& source);
/// How often it repeats is not told. BadInput for a canvas that lies, pictures outside it, or none at all; what is cut off
/// gives its whole pictures, then Corrupt.
Result<std::unique_ptr<MediaFile>> openAnimatedWebp(const SourcePointer& source);
/// `libwebp 1.2.4`
std::string webpVersion();

} // namespace artdag
