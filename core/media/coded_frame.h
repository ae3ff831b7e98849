// SPDX-License-Identifier: GPL-3.0-or-later
// Between FFmpeg's frames and this project's coded pictures: what samples mean, and the few layouts that have to be
// rearranged (palettes, nv12, big-endian). Never converts colour; swscale stays out of the hash path.
#pragma once

#include "core/base/result.h"
#include "core/media/libav.h"
#include "core/picture/picture.h"

namespace artdag {

/// FFmpeg's name for a sample format, in this machine's byte order.
AVPixelFormat pixelFormatOf(SampleFormat format);

/// What the samples of a decoded frame mean. Untagged: 720 lines and more BT.709, else BT.601; limited range unless the
/// codec holds RGB or photographs.
Result<Coding> codingOf(const AVFrame& frame, AVCodecID codec);

/// A picture that shares the frame's memory where the layout is one of ours, else a copy with rearranged samples. BadInput
/// names a layout that cannot be represented.
Result<CodedPointer> codedPictureOf(const AVFrame& frame, AVCodecID codec);

/// Whether samples lose precision on their way in (12-bit YUV is read as 10-bit), for a warning.
bool losesPrecision(AVPixelFormat format);

/// Tags an encoder's context with what the samples mean.
void tagColour(AVCodecContext& encoder, const Coding& coding);

} // namespace artdag
