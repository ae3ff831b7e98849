// SPDX-License-Identifier: GPL-3.0-or-later
// Decodes the whole sound of a file at once, each sample at its place since the presentation began.
#pragma once

#include "core/media/container.h"
#include "core/sound/sound.h"

#include "core/base/digest.h"

namespace artdag {

/// Start of the presentation as a time stamp and its base.
struct PresentationStart {
    std::int64_t zero = 0;
    AVRational base{1, 1};
};

/// The decoder that would be used, as `aac_fixed lavc 59.37`, with ` inexact` where machines may differ. BadInput names the codec.
Result<std::string> soundDecoderOf(const SourcePointer& source, const AVCodecParameters& parameters);

/// Planar stereo at the stream's own rate: mono doubled, more channels mixed down (ITU-R BS.775, scaled so that it cannot
/// clip). Sound that starts late is preceded by silence, sound before the presentation is left out.
Result<Sound> decodeWholeSound(const SourcePointer& source, int stream, PresentationStart start);

/// Interleaved samples as the codec gave them: s16, or s24 in 4 bytes. BadInput for codecs that give neither.
Result<Bytes> decodeWholeSoundBytes(const SourcePointer& source, int stream);

} // namespace artdag
