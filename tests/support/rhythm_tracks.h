// SPDX-License-Identifier: GPL-3.0-or-later
// Music made by code whose beats are known: eight kinds, and for each seed another tempo, start and noise.
#pragma once

#include "core/sound/sound.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::test {

struct RhythmTrack {
    std::string name;          ///< `swing 3: 143 BPM`
    double tempo = 0;          ///< beats a minute, on average
    std::vector<double> beats; ///< seconds
    std::vector<double> bars;  ///< of them, those that begin a bar
    Sound sound;
};

enum class Rhythm {
    Clicks, ///< accents and off-beats, one timbre
    Drums,  ///< kick, snare, hats on eighths
    Swing,  ///< a ride cymbal on triplets, hats on two and four
    Waltz,  ///< a bass on one, chords on two and three
    Seven,  ///< seven pulses in a bar, 2 + 2 + 3
    Soft,   ///< chords that swell in 50 ms
    Drift,  ///< drums whose tempo goes 10 % up and down
    Hidden, ///< clicks in noise
};
inline constexpr int rhythms = 8;

RhythmTrack rhythmTrack(Rhythm kind, std::uint64_t seed, double seconds = 20.0, int sampleRate = 48000);

} // namespace artdag::test
