// SPDX-License-Identifier: GPL-3.0-or-later
// Sines that bend a plane: see waves.h.
#include "core/picture/kernel_sine.h"

namespace artdag::ARTDAG_KERNELS {

void bendPlane(float* x, float* y, long n, const float wave[4])
{
    const float frequency = wave[0], amplitude = wave[1], phaseX = wave[2], phaseY = wave[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float movedX = x[i] + amplitude * sineOfTurns(y[i] * frequency + phaseX);
        y[i] = y[i] + amplitude * sineOfTurns(movedX * frequency + phaseY);
        x[i] = movedX;
    }
}

void crossWaves(float* x, const float* y, long n, float phaseX, float phaseY)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        x[i] = (sineOfTurns(0.5F * x[i] + phaseX) + sineOfTurns(0.5F * y[i] + phaseY)) * 0.25F + 0.5F;
}

} // namespace artdag::ARTDAG_KERNELS
