// SPDX-License-Identifier: GPL-3.0-or-later
// Decodes the sound of a file, each sample at its place since the presentation began.
#pragma once

#include "core/media/decode.h"
#include "core/media/sound_reader.h"

namespace artdag {

/// Start of the presentation as a time stamp and its base.
struct PresentationStart {
    std::int64_t zero = 0;
    AVRational base{1, 1};
};

/// Planar stereo at the stream's own rate: mono doubled, more channels mixed down (ITU-R BS.775, scaled so that it cannot
/// clip). Sound that starts late is preceded by silence, sound before the presentation is left out.
Result<std::unique_ptr<SoundStream>> openSoundStream(const SourcePointer& source, int stream, PresentationStart start);
/// All pieces of it; `expected` samples are reserved.
Result<Sound> wholeSound(SoundStream& stream, std::int64_t expected);

/// Interleaved samples as the codec gave them: s16, or s24 in 4 bytes. BadInput for codecs that give neither.
Result<Bytes> decodeWholeSoundBytes(const SourcePointer& source, int stream);

} // namespace artdag
