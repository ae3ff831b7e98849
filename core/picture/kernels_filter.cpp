// SPDX-License-Identifier: GPL-3.0-or-later
// Symmetric filters along a row and across rows. Sums run from the outermost pair to the centre, for every sample alike.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {
constexpr long block = 64; ///< sums of one block stay in registers
}

void firAlong(const float* __restrict in, float* __restrict out, long n, const float* __restrict weights, int radius)
{
    long i = 0;
    for (; i + block <= n; i += block) {
        float sums[block] = {};
        for (int k = radius; k > 0; --k) {
            const float weight = weights[k];
            const float* left = in + i - k;
            const float* right = in + i + k;
            for (long j = 0; j < block; ++j)
                sums[j] += (left[j] + right[j]) * weight;
        }
        for (long j = 0; j < block; ++j)
            out[i + j] = sums[j] + in[i + j] * weights[0];
    }
    for (; i < n; ++i) {
        float sum = 0.0F;
        for (int k = radius; k > 0; --k)
            sum += (in[i - k] + in[i + k]) * weights[k];
        out[i] = sum + in[i] * weights[0];
    }
}

void firAcross(const float* const* rows, float* __restrict out, long n, const float* __restrict weights, int radius)
{
    const float* const* centre = rows + radius;
    long i = 0;
    for (; i + block <= n; i += block) {
        float sums[block] = {};
        for (int k = radius; k > 0; --k) {
            const float weight = weights[k];
            const float* upper = centre[-k] + i;
            const float* lower = centre[k] + i;
            for (long j = 0; j < block; ++j)
                sums[j] += (upper[j] + lower[j]) * weight;
        }
        const float* middle = centre[0] + i;
        for (long j = 0; j < block; ++j)
            out[i + j] = sums[j] + middle[j] * weights[0];
    }
    for (; i < n; ++i) {
        float sum = 0.0F;
        for (int k = radius; k > 0; --k)
            sum += (centre[-k][i] + centre[k][i]) * weights[k];
        out[i] = sum + centre[0][i] * weights[0];
    }
}

void halve(const float* __restrict in, float* __restrict out, long n)
{
    for (long i = 0; i < n; ++i)
        out[i] = (in[2 * i] + in[2 * i + 1]) * 0.375F + (in[2 * i - 1] + in[2 * i + 2]) * 0.125F;
}

} // namespace artdag::ARTDAG_KERNELS
