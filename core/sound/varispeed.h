// SPDX-License-Identifier: GPL-3.0-or-later
// Sound read at any places, as a tape runs at any speed: a Kaiser-windowed sinc around each place, widened where the tape
// runs fast, against aliasing. A sample depends on its place and speed only.
#pragma once

#include "core/sound/sound.h"

namespace artdag {

/// Faster than this nothing is heard.
inline constexpr double fastestTape = 32.0;

/// The samples that are read for places from `low` to `high` at up to `speed` samples a sample.
SampleRange tapeNeeds(double low, double high, double speed);

/// out[i] = the sound at place `places[i]` (in samples), for both channels; `in` holds tapeNeeds of them, silence beyond it.
/// At speed ≤ 1 and whole places the sample itself.
void readTape(const Sound& in, const double* places, std::int64_t count, double speed, float* const out[soundChannels]);

} // namespace artdag
