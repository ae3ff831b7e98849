// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps of a stream as exact time since the presentation began. Compared as fractions, never as floating point.
#pragma once

#include "core/base/time.h"
#include "core/media/libav.h"

#include <cstdint>

namespace artdag {

/// An exact number of seconds. Flicks cannot hold the ticks of every time base.
struct Instant {
    __int128 numerator = 0;
    std::int64_t denominator = 1; ///< > 0
};
/// Whether an instant has come at a time: instant ≤ time.
bool hasCome(const Instant& instant, Flicks time);
Flicks flicksOf(const Instant& instant); ///< rounded down

/// How time stamps of a stream become time since the presentation began.
struct StreamClock {
    AVRational base{1, 1};
    std::int64_t zero = 0;     ///< start of the presentation …
    AVRational zeroBase{1, 1}; ///< … which may be another stream's
    std::int64_t first = 0;    ///< time stamp of the first picture
    Rate grid{0, 1};           ///< constant rate whose instants the container rounded to its ticks; 0: none
    [[nodiscard]] Instant at(std::int64_t timestamp) const;
    [[nodiscard]] bool isSane(std::int64_t timestamp) const;   ///< within 34 years of zero, which keeps all sums in 128 bits
    [[nodiscard]] std::int64_t timestampAt(Flicks time) const; ///< rounded down, within a tick

private:
    [[nodiscard]] Instant unrounded(std::int64_t timestamp) const;
};

} // namespace artdag
