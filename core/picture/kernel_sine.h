// SPDX-License-Identifier: GPL-3.0-or-later
// The sine of row_math.h for kernels, which share no function with the program: one that was compiled for a newer processor
// could be the one that the linker keeps.
#pragma once

#include "core/picture/rows.h"

#define ARTDAG_INLINE __attribute__((always_inline)) inline

namespace artdag::ARTDAG_KERNELS {

namespace {

ARTDAG_INLINE float fromNearest(float value)
{
    constexpr float bias = 12582912.0F; // 1.5 · 2^23
    return value - ((value + bias) - bias);
}

ARTDAG_INLINE float sineOfTurns(float turns)
{
    const float rest = fromNearest(turns);
    const float size = rest < 0.0F ? -rest : rest;
    const float x = size < 0.5F - size ? size : 0.5F - size;
    const float z = x * x;
    float sine = -15.0946426F;
    sine = sine * z + 42.0586940F;
    sine = sine * z - 76.7058598F;
    sine = sine * z + 81.6052493F;
    sine = sine * z - 41.3417022F;
    sine = (sine * z + 6.28318531F) * x;
    return rest < 0.0F ? -sine : sine;
}

} // namespace

} // namespace artdag::ARTDAG_KERNELS
