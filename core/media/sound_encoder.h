// SPDX-License-Identifier: GPL-3.0-or-later
// Opens FFmpeg's sound encoders with settings that do not depend on the machine's floating point where the codec allows.
#pragma once

#include "core/media/encode.h"
#include "core/media/libav.h"

namespace artdag {

/// Stereo; BadInput names a sample rate the codec does not take.
Result<CodecPointer> openSoundEncoder(const EncodeProfile& profile, int sampleRate);

} // namespace artdag
