// SPDX-License-Identifier: GPL-3.0-or-later
// Classic waveforms without the tones that fold down: jumps and corners are rounded over four samples by the integrals of
// a cubic B-spline (V. Välimäki, J. Pekonen, J. Nam, "Perceptually informed synthesis of bandlimited classical waveforms
// using integrated polynomial interpolation", JASA 2012). `phase` in cycles, 0 ≤ phase < 1; `step` in cycles a sample.
#pragma once

#include "core/base/exact_math.h"

namespace artdag {

enum class Waveform {
    Sine,
    Triangle,
    Saw,
    Square,
};

namespace oscillator_detail {

/// What a jump of 1 at x = 0 lacks to be smooth; x in samples. Odd.
inline double jump(double x)
{
    const bool after = x > 0.0;
    const double y = after ? -x : x; // −2 … 0
    if (y <= -2.0)
        return 0.0;
    const double z = 2.0 + y;
    const double rest = y < -1.0 ? z * z * z * z / 24.0 : 0.5 + y * (2.0 / 3.0 - y * y * (1.0 / 3.0 + y / 8.0));
    return after ? -rest : rest;
}

/// The same for a slope that changes by 1 a sample. Even.
inline double corner(double x)
{
    const double y = x > 0.0 ? -x : x;
    if (y <= -2.0)
        return 0.0;
    const double z = 2.0 + y;
    return y < -1.0 ? z * z * z * z * z / 120.0 : 7.0 / 30.0 + y * (0.5 + y * (1.0 / 3.0 - y * y * (1.0 / 12.0 + y / 40.0)));
}

/// Samples since the nearest instant at which the phase is `at`; negative before it.
inline double samplesSince(double phase, double at, double step)
{
    double cycles = phase - at;
    cycles += cycles < -0.5 ? 1.0 : 0.0;
    cycles -= cycles >= 0.5 ? 1.0 : 0.0;
    return cycles / step;
}

} // namespace oscillator_detail

/// Between −1 and 1; `width`: the part of a square's cycle that is high, 0–1. Above a quarter of the sample rate (step
/// 0.25) only the sine is left.
inline double oscillate(Waveform form, double phase, double step, double width)
{
    using namespace oscillator_detail;
    if (form == Waveform::Sine || step >= 0.25)
        return step < 0.5 ? exact::sin(2.0 * exact::pi * phase) : 0.0;
    if (form == Waveform::Saw)
        return 2.0 * phase - 1.0 - 2.0 * jump(samplesSince(phase, 0.0, step));
    if (form == Waveform::Square) {
        const double mean = 2.0 * width - 1.0; // left out, so that width moves no direct current
        return (phase < width ? 1.0 : -1.0) - mean + 2.0 * jump(samplesSince(phase, 0.0, step)) - 2.0 * jump(samplesSince(phase, width, step));
    }
    const double straight = phase < 0.25 ? 4.0 * phase : phase < 0.75 ? 2.0 - 4.0 * phase
                                                                      : 4.0 * phase - 4.0;
    return straight + 8.0 * step * (corner(samplesSince(phase, 0.75, step)) - corner(samplesSince(phase, 0.25, step)));
}

} // namespace artdag
