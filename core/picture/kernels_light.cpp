// SPDX-License-Identifier: GPL-3.0-or-later
// Soft spots, pixel by pixel: see light.h.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

using Two = float __attribute__((vector_size(32), aligned(4), may_alias)); ///< pixels

constexpr long batch = 16;

/// Falls off smoothly to nothing at the spot's reach.
__attribute__((always_inline)) inline void weightsOf(const SpotBox& spot, long first, float down, float sharpness, float* weights)
{
    const float x = spot.x;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < batch; ++i) {
        const float dx = static_cast<float>(static_cast<int>(first + i)) + 0.5F - x;
        const float rest = 1.0F - (dx * dx + down) * sharpness;
        weights[i] = rest > 0.0F ? rest * rest : 0.0F;
    }
}

} // namespace

void addSpot(float* pixels, long row, const SpotBox& spot)
{
    const float sharpness = 1.0F / (spot.reach * spot.reach);
    const Two light = {spot.light[0], spot.light[1], spot.light[2], spot.light[3], spot.light[0], spot.light[1], spot.light[2], spot.light[3]};
    for (long y = spot.top; y < spot.bottom; ++y) {
        const float dy = static_cast<float>(static_cast<int>(y)) + 0.5F - spot.y;
        const float down = dy * dy;
        if (spot.reach * spot.reach - down <= 0.0F)
            continue;
        for (long x = spot.first; x < spot.last; x += batch) {
            float weights[batch];
            weightsOf(spot, x, down, sharpness, weights);
            const long count = spot.last - x < batch ? spot.last - x : batch;
            if ((count & 1) != 0)
                weights[count] = 0.0F; // of a pixel that is not the spot's
            float* to = pixels + (y - spot.top) * row + (x - spot.first) * 4;
            for (long i = 0; i < count; i += 2, to += 8) {
                const float a = weights[i], b = weights[i + 1];
                const Two weight = {a, a, a, a, b, b, b, b};
                Two* pair = reinterpret_cast<Two*>(to);
                *pair = *pair + light * weight;
            }
        }
    }
}

} // namespace artdag::ARTDAG_KERNELS
