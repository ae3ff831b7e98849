// SPDX-License-Identifier: GPL-3.0-or-later
// Beats in an onset curve: when a listener would tap, how sure that is, and where bars begin. It answers nothing for noise,
// for silence, and for what has no pulse.
#pragma once

#include "core/sound/onset_curve.h"

#include <vector>

namespace artdag {

struct Beat {
    double time = 0;     ///< seconds
    double tempo = 0;    ///< beats a minute, over the beats around it
    double strength = 0; ///< 0–1: how strong it is beside the strongest near it
    bool first = false;  ///< of a bar
};

struct BeatQuestion {
    double slowest = 60, fastest = 200; ///< beats a minute
    int beatsInBar = 0;                 ///< 0: found by ear
    double leastConfidence = 0.4;       ///< below it there are no beats
};

struct BeatAnswer {
    std::vector<Beat> beats; ///< times rise
    double confidence = 0;   ///< 0–1: how much of what is heard the beats explain
    int beatsInBar = 0;      ///< 0: no beat of a bar is stronger than others
};

BeatAnswer trackBeats(const OnsetCurve& curve, const BeatQuestion& question);

} // namespace artdag
