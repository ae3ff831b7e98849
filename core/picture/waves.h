// SPDX-License-Identifier: GPL-3.0-or-later
// Sines over rows of places: what plasma is made of. Places and phases are in periods.
#pragma once

#include <cstddef>

namespace artdag {

struct BendingWave {
    float frequency = 1, amplitude = 0, phaseX = 0, phaseY = 0;
};
/// Each place moves along x by a sine of its y, then along y by a sine of its new x.
void bendRow(const BendingWave& wave, float* x, float* y, std::size_t n);
/// x becomes the mean height, 0–1, of one wave across and one down, each two periods long.
void crossRow(float phaseX, float phaseY, float* x, const float* y, std::size_t n);

} // namespace artdag
