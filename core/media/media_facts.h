// SPDX-License-Identifier: GPL-3.0-or-later
// Which streams of a container are used, and what their headers say, checked against what decodes.
#pragma once

#include "core/media/decode.h"
#include "core/media/picture_stream.h"
#include "core/media/sound_stream.h"

namespace artdag {

/// Stream numbers, −1 for none.
struct ChosenStreams {
    int picture = -1;
    int sound = -1;
    std::vector<std::string> warnings;
};
/// The default stream of each kind, else the first; cover art is no picture stream.
Result<ChosenStreams> chooseStreams(const Container& container);

/// The earliest start of the chosen streams, so that sound and picture stay in step.
PresentationStart presentationStart(const Container& container, const ChosenStreams& chosen);
StreamClock clockOf(const Container& container, int stream, PresentationStart start);

/// Facts of the picture stream; `first` is its first picture, already decoded.
Result<VideoFacts> videoFacts(const SourcePointer& source, PictureStream& pictures, const TimedPicture& first, std::vector<std::string>& warnings);
Result<AudioFacts> audioFacts(const SourcePointer& source, const Container& container, int stream, PresentationStart start);

} // namespace artdag
