// SPDX-License-Identifier: GPL-3.0-or-later
// Symmetric filters along a row and across rows. Sums run from the outermost pair to the centre, for every sample alike.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

// Vectors by hand: the sums must stay in registers over all taps, which no compiler finds out by itself. The number of
// lanes changes no value, as every lane does the same operations.
#if defined(__AVX512F__)
constexpr long lanes = 16;
#elif defined(__AVX__)
constexpr long lanes = 8;
#else
constexpr long lanes = 4;
#endif
typedef float Vector __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)), may_alias));
constexpr long block = 4 * lanes;

__attribute__((always_inline)) inline Vector at(const float* samples)
{
    return *reinterpret_cast<const Vector*>(samples);
}
__attribute__((always_inline)) inline void put(float* samples, Vector value)
{
    *reinterpret_cast<Vector*>(samples) = value;
}

} // namespace

void firAlong(const float* __restrict in, float* __restrict out, long n, const float* __restrict weights, int radius)
{
    long i = 0;
    for (; i + block <= n; i += block) {
        const float* centre = in + i;
        Vector a{}, b{}, c{}, d{};
        for (int k = radius; k > 0; --k) {
            const float weight = weights[k];
            const float* left = centre - k;
            const float* right = centre + k;
            a += (at(left) + at(right)) * weight;
            b += (at(left + lanes) + at(right + lanes)) * weight;
            c += (at(left + 2 * lanes) + at(right + 2 * lanes)) * weight;
            d += (at(left + 3 * lanes) + at(right + 3 * lanes)) * weight;
        }
        const float weight = weights[0];
        put(out + i, a + at(centre) * weight);
        put(out + i + lanes, b + at(centre + lanes) * weight);
        put(out + i + 2 * lanes, c + at(centre + 2 * lanes) * weight);
        put(out + i + 3 * lanes, d + at(centre + 3 * lanes) * weight);
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
        Vector a{}, b{}, c{}, d{};
        for (int k = radius; k > 0; --k) {
            const float weight = weights[k];
            const float* upper = centre[-k] + i;
            const float* lower = centre[k] + i;
            a += (at(upper) + at(lower)) * weight;
            b += (at(upper + lanes) + at(lower + lanes)) * weight;
            c += (at(upper + 2 * lanes) + at(lower + 2 * lanes)) * weight;
            d += (at(upper + 3 * lanes) + at(lower + 3 * lanes)) * weight;
        }
        const float weight = weights[0];
        const float* middle = centre[0] + i;
        put(out + i, a + at(middle) * weight);
        put(out + i + lanes, b + at(middle + lanes) * weight);
        put(out + i + 2 * lanes, c + at(middle + 2 * lanes) * weight);
        put(out + i + 3 * lanes, d + at(middle + 3 * lanes) * weight);
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
