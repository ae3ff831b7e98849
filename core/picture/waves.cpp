// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/waves.h"

#include "core/picture/rows.h"

namespace artdag {

void bendRow(const BendingWave& wave, float* x, float* y, std::size_t n)
{
    const float numbers[4] = {wave.frequency, wave.amplitude, wave.phaseX, wave.phaseY};
    rowKernels().bendPlane(x, y, static_cast<long>(n), numbers);
}

void crossRow(float phaseX, float phaseY, float* x, const float* y, std::size_t n)
{
    rowKernels().crossWaves(x, y, static_cast<long>(n), phaseX, phaseY);
}

} // namespace artdag
