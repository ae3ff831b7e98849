// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of second order for stereo sound: state-variable filters by trapezoidal integration (A. Simper, "Linear
// Trapezoidal Integrated State Variable Filter", 2013), which stay exact at low frequencies and stable while they move.
#pragma once

#include "core/sound/automation.h"
#include "core/sound/sound.h"

#include <span>
#include <vector>

namespace artdag {

/// Both channels of one instant.
typedef double Stereo __attribute__((vector_size(16)));
using StereoBlock = std::vector<Stereo>;

StereoBlock stereoOf(const Sound& sound, SampleRange range); ///< `range` must lie within the sound
void writeStereo(const StereoBlock& block, Sound& out);      ///< all of `out`

/// state' = a·state + b·input, output = c·state + d·input. The matrix a is the Cayley transform of a passive circuit, so it
/// never lengthens the state, and neither does a mean of two: filters may be blended from sample to sample.
struct Filter {
    double a11 = 0, a12 = 0, a21 = 0, a22 = 0, b1 = 0, b2 = 0, c1 = 0, c2 = 0, d = 1;
};

/// `hertz` is held below 0.49 of the sample rate. Q 0.7071 is the flattest (Butterworth); the same responses as the
/// "Cookbook formulae for audio EQ biquad filter coefficients" (R. Bristow-Johnson).
Filter lowPassFilter(double hertz, double q, double sampleRate);
Filter highPassFilter(double hertz, double q, double sampleRate);
Filter bellFilter(double hertz, double q, double decibels, double sampleRate);
Filter lowShelfFilter(double hertz, double q, double decibels, double sampleRate);
Filter highShelfFilter(double hertz, double q, double decibels, double sampleRate);
/// First order, 6 dB an octave.
Filter gentleLowPassFilter(double hertz, double sampleRate);
Filter gentleHighPassFilter(double hertz, double sampleRate);
/// Of the loudness of ITU-R BS.1770-4: the head's shelf, and what is below hearing.
Filter loudnessShelf(double sampleRate);
Filter loudnessHighPass(double sampleRate);

inline constexpr std::size_t filterNumbers = 4; ///< of the state of one filter

/// Runs a block through filters one after another. `states` has filterNumbers for each, all 0 in the beginning.
void runFilters(std::span<const Filter> filters, std::span<double> states, std::span<Stereo> block);
/// One filter that goes over from `from` to `to` within the block.
void runFilter(const Filter& from, const Filter& to, std::span<double> state, std::span<Stereo> block);

/// Numbers that have faded to nothing become 0: below the smallest normal number processors take their time.
void settle(std::span<double> states);

} // namespace artdag
