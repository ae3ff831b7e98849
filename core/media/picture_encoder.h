// SPDX-License-Identifier: GPL-3.0-or-later
// Opens FFmpeg's picture encoders with the settings that make the same packets on every machine and thread count.
#pragma once

#include "core/base/time.h"
#include "core/media/encode.h"
#include "core/media/libav.h"

namespace artdag {

/// Frames between forced key pictures; chunks are shorter, so that each is one group that starts with an IDR.
inline constexpr int keyInterval = 250;

/// BadInput names the profile and what about size or rate does not fit.
Result<CodecPointer> openPictureEncoder(const EncodeProfile& profile, int width, int height, Rate rate);
/// What the encoder is told beyond size and rate, in words, for identities.
std::string pictureSettings(const EncodeProfile& profile);
/// The layout in which FFmpeg's encoder wants the profile's samples.
AVPixelFormat encoderFormat(const EncodeProfile& profile);

} // namespace artdag
