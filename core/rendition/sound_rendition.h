// SPDX-License-Identifier: GPL-3.0-or-later
// The sound of a file, encoded piece by piece, at a rate that players know.
#pragma once

#include "core/media/encode.h"
#include "core/rendition/fingerprint.h"
#include "core/rendition/shown_media.h"

#include <optional>

namespace artdag {

/// Nothing for a file whose sound has no sample. `sampleRate` gets the rate it has then: 44100 or 48000 stay, all else becomes 48000.
/// `printer` is given what was decoded.
Result<std::optional<EncodedSound>> encodeSoundOf(ShownMedia& media, const EncodeProfile& profile, int& sampleRate, SoundPrinter& printer);

} // namespace artdag
