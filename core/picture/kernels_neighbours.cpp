// SPDX-License-Identifier: GPL-3.0-or-later
// What filters do with the samples around each sample: weighted sums, medians, likeness, nearest distances.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

// Vectors by hand where sums must stay in registers; the number of lanes changes no value.
#if defined(__AVX512F__)
constexpr long lanes = 16;
#elif defined(__AVX__)
constexpr long lanes = 8;
#else
constexpr long lanes = 4;
#endif
typedef float Vector __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)), may_alias));

__attribute__((always_inline)) inline Vector at(const float* samples)
{
    return *reinterpret_cast<const Vector*>(samples);
}
__attribute__((always_inline)) inline void put(float* samples, Vector value)
{
    *reinterpret_cast<Vector*>(samples) = value;
}

/// How a function is written once for a vector of samples and for one at the end of a row.
struct Many {
    typedef Vector Value;
    static __attribute__((always_inline)) Vector read(const float* samples) { return at(samples); }
    static __attribute__((always_inline)) void write(float* samples, Vector value) { put(samples, value); }
};
struct One {
    typedef float Value;
    static float read(const float* samples) { return *samples; }
    static void write(float* samples, float value) { *samples = value; }
};

/// The middle of 2n − 1 samples, the squares of rows side by side: keep n + 1, drop the least and the greatest, take one more.
template <class Lanes, int radius>
__attribute__((always_inline)) inline void medianAt(const float* const* rows, float* out, long i)
{
    constexpr int side = 2 * radius + 1, all = side * side, n = (all + 1) / 2;
    const auto next = [&](int k) __attribute__((always_inline))
    {
        return Lanes::read(rows[k / side] + i + k % side - radius);
    };
    const auto order = [](auto& a, auto& b) __attribute__((always_inline))
    {
        const auto low = a < b ? a : b;
        b = a < b ? b : a;
        a = low;
    };
    typename Lanes::Value kept[n + 1];
#pragma GCC unroll 32
    for (int k = 0; k <= n; ++k)
        kept[k] = next(k);
#pragma GCC unroll 32
    for (int count = n + 1; count > 2; --count) {
        // Pairs in order first: the least is then among the first halves, the greatest among the second.
#pragma GCC unroll 32
        for (int k = 0; k < count / 2; ++k)
            order(kept[k], kept[count - 1 - k]);
#pragma GCC unroll 32
        for (int k = 1; k < (count + 1) / 2; ++k)
            order(kept[0], kept[k]);
#pragma GCC unroll 32
        for (int k = count / 2; k < count - 1; ++k)
            order(kept[k], kept[count - 1]);
        const int taken = 2 * n + 2 - count;
        kept[0] = taken < all ? next(taken) : kept[count - 2];
    }
    Lanes::write(out + i, kept[0]);
}

template <int radius>
__attribute__((always_inline)) inline void medianRow(const float* const* rows, float* out, long n)
{
    long i = 0;
    for (; i + lanes <= n; i += lanes)
        medianAt<Many, radius>(rows, out, i);
    for (; i < n; ++i)
        medianAt<One, radius>(rows, out, i);
}

} // namespace

void sumRows(const float* const* rows, const float* __restrict weights, long taps, float* __restrict out, long n)
{
    long i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
        Vector a{}, b{}, c{}, d{};
        for (long t = 0; t < taps; ++t) {
            const float weight = weights[t];
            const float* row = rows[t] + i;
            a += at(row) * weight;
            b += at(row + lanes) * weight;
            c += at(row + 2 * lanes) * weight;
            d += at(row + 3 * lanes) * weight;
        }
        put(out + i, a);
        put(out + i + lanes, b);
        put(out + i + 2 * lanes, c);
        put(out + i + 3 * lanes, d);
    }
    for (; i < n; ++i) {
        float sum = 0.0F;
        for (long t = 0; t < taps; ++t)
            sum += rows[t][i] * weights[t];
        out[i] = sum;
    }
}

void median9(const float* const rows[3], float* out, long n)
{
    medianRow<1>(rows, out, n);
}

void median25(const float* const rows[5], float* out, long n)
{
    medianRow<2>(rows, out, n);
}

void squareDistance(const float* const a[3], const float* const b[3], float* __restrict out, long n)
{
    const float *a0 = a[0], *a1 = a[1], *a2 = a[2], *b0 = b[0], *b1 = b[1], *b2 = b[2];
    for (long i = 0; i < n; ++i) {
        const float d0 = a0[i] - b0[i], d1 = a1[i] - b1[i], d2 = a2[i] - b2[i];
        out[i] = d0 * d0 + d1 * d1 + d2 * d2;
    }
}

void addSimilar(const float* __restrict distance, float scale, float level, const float* const from[4], float* const sums[5], long n)
{
    const float *f0 = from[0], *f1 = from[1], *f2 = from[2], *f3 = from[3];
    float* __restrict s0 = sums[0], * __restrict s1 = sums[1], * __restrict s2 = sums[2], * __restrict s3 = sums[3], * __restrict s4 = sums[4];
    for (long i = 0; i < n; ++i) {
        const float left = level - distance[i] * scale;
        const float some = left > 0.0F ? left : 0.0F, alike = some < 1.0F ? some : 1.0F;
        const float alike2 = alike * alike, alike4 = alike2 * alike2, weight = alike4 * alike4;
        s0[i] += f0[i] * weight;
        s1[i] += f1[i] * weight;
        s2[i] += f2[i] * weight;
        s3[i] += f3[i] * weight;
        s4[i] += weight;
    }
}

void nearest(const float* __restrict in, float* __restrict out, long n, int radius, float unit)
{
    long i = 0;
    for (; i + lanes <= n; i += lanes) {
        Vector least = at(in + i);
        for (int k = 1; k <= radius; ++k) {
            const Vector left = at(in + i - k), right = at(in + i + k);
            const Vector nearer = (left < right ? left : right) + unit * static_cast<float>(k * k);
            least = nearer < least ? nearer : least;
        }
        put(out + i, least);
    }
    for (; i < n; ++i) {
        float least = in[i];
        for (int k = 1; k <= radius; ++k) {
            const float nearer = (in[i - k] < in[i + k] ? in[i - k] : in[i + k]) + unit * static_cast<float>(k * k);
            least = nearer < least ? nearer : least;
        }
        out[i] = least;
    }
}

} // namespace artdag::ARTDAG_KERNELS
