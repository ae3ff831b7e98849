// SPDX-License-Identifier: GPL-3.0-or-later
// The chunks of an animated WebP (WebP Container Specification, developers.google.com/speed/webp/docs/riff_container): which
// picture is shown when and where, without decoding.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag {

struct WebpFrame {
    std::size_t at = 0, size = 0; ///< of the chunks of its picture, in AnimatedWebpChunks::bytes
    int x = 0, y = 0, width = 0, height = 0;
    bool alpha = false;
    bool blends = false;    ///< lies over the picture before it; otherwise takes its place
    std::int64_t start = 0; ///< ms
};
struct AnimatedWebpChunks {
    Bytes bytes; ///< the file up to its last whole chunk, as a file that is whole
    int width = 0, height = 0;
    std::vector<WebpFrame> frames;
    std::int64_t end = 0; ///< ms
    bool cut = false;     ///< the file promises more
    /// Every picture covers the canvas and hides what was there, so that each can be decoded alone.
    [[nodiscard]] bool independent() const;
    /// The picture of one frame as a WebP file of its own.
    [[nodiscard]] Bytes stillOf(const WebpFrame& frame) const;
};
/// BadInput, beginning with `name`, for what cannot be shown. A picture of 10 ms or less is shown for 100 ms, as browsers
/// do and as GIF is read.
Result<AnimatedWebpChunks> readWebpChunks(Bytes bytes, const std::string& name);
/// Makes every picture of a film that covers the canvas take the place of the one before it: FFmpeg's muxer has them blended,
/// so that what is transparent shows what was there before.
void letPicturesReplace(Bytes& webp);

} // namespace artdag
