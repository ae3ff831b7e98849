// SPDX-License-Identifier: GPL-3.0-or-later
// Times of a film as an artist reads them: seconds, frames or SMPTE timecode. Pure.
#pragma once

#include "core/base/time.h"

#include <QString>

namespace artdag {

enum class TimeStyle {
    Seconds,
    Frames,
    Smpte,
};

/// `0:04.17`
QString timeText(double seconds);
/// A frame in that style. Timecode counts frames of the whole rate (30 for 29.97), and drops numbers where the rate is 30000/1001
/// or 60000/1001 so that it keeps to the clock (SMPTE ST 12-1): `00:01:00;02`.
QString timeText(std::int64_t frame, Rate rate, TimeStyle style);

} // namespace artdag
