// SPDX-License-Identifier: GPL-3.0-or-later
// Sines that bend a plane: see waves.h.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

/// The same polynomial as sineOfTurns in row_math.h.
__attribute__((always_inline)) inline float sineOf(float turns)
{
    constexpr float bias = 12582912.0F; // 1.5 · 2^23
    const float rest = turns - ((turns + bias) - bias);
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

void bendPlane(float* x, float* y, long n, const float wave[4])
{
    const float frequency = wave[0], amplitude = wave[1], phaseX = wave[2], phaseY = wave[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float movedX = x[i] + amplitude * sineOf(y[i] * frequency + phaseX);
        y[i] = y[i] + amplitude * sineOf(movedX * frequency + phaseY);
        x[i] = movedX;
    }
}

void crossWaves(float* x, const float* y, long n, float phaseX, float phaseY)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        x[i] = (sineOf(0.5F * x[i] + phaseX) + sineOf(0.5F * y[i] + phaseY)) * 0.25F + 0.5F;
}

} // namespace artdag::ARTDAG_KERNELS
