// SPDX-License-Identifier: GPL-3.0-or-later
// Escape-time iteration of z² + c in double, 16 points in step, and how counts become tones.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#define ARTDAG_INLINE __attribute__((always_inline)) inline

constexpr int lanes = 16;
constexpr int stride = 8;           ///< steps between two looks at who has left
constexpr double bailout = 65536.0; ///< of |z|²: large, so that smooth counts join without a step

/// log2 of x ≥ 2^-20, absolute error below 1e-6.
ARTDAG_INLINE float log2Of(float x)
{
    const unsigned shifted = __builtin_bit_cast(unsigned, x) - 0x3F3504F3U;
    const int exponent = static_cast<int>(shifted) >> 23;
    const float f = __builtin_bit_cast(float, (shifted & 0x007FFFFFU) + 0x3F3504F3U) - 1.0F;
    float log = -0.146552422999F;
    log = log * f + 0.238381403764F;
    log = log * f - 0.250401873470F;
    log = log * f + 0.286524147424F;
    log = log * f - 0.360043043346F;
    log = log * f + 0.480945860028F;
    log = log * f - 0.721358244445F;
    log = log * f + 1.442694717050F;
    return static_cast<float>(exponent) + log * f;
}

/// How many points of a block have not left.
ARTDAG_INLINE double staying(const double* x, const double* y)
{
    double count = 0.0;
    for (int i = 0; i < lanes; ++i) // adds only 0 and 1: no order matters
        count += x[i] * x[i] + y[i] * y[i] <= bailout ? 1.0 : 0.0;
    return count;
}

/// `stride` steps of a block, while no point leaves on the way: then nothing has to be watched. False if one did, and then
/// nothing is changed (who has left never comes back).
ARTDAG_INLINE bool stepFreely(double* __restrict x, double* __restrict y, const double* __restrict cx, const double* __restrict cy)
{
    double toX[lanes], toY[lanes];
    ARTDAG_ELEMENTWISE
    for (int i = 0; i < lanes; ++i) {
        double px = x[i], py = y[i];
        for (int k = 0; k < stride; ++k) {
            const double xx = px * px, yy = py * py, xy = px * py;
            px = xx - yy + cx[i];
            py = xy + xy + cy[i];
        }
        toX[i] = px;
        toY[i] = py;
    }
    if (staying(toX, toY) != lanes)
        return false;
    for (int i = 0; i < lanes; ++i) {
        x[i] = toX[i];
        y[i] = toY[i];
    }
    return true;
}

/// The same steps, whoever leaves. Points that have left keep the z with which they left, so that all may go on in step.
ARTDAG_INLINE void stepWatched(double* __restrict x, double* __restrict y, const double* __restrict cx, const double* __restrict cy, double* __restrict steps)
{
    for (int k = 0; k < stride; ++k) {
        ARTDAG_ELEMENTWISE
        for (int i = 0; i < lanes; ++i) {
            const double px = x[i], py = y[i];
            const double xx = px * px, yy = py * py, xy = px * py;
            const bool stays = xx + yy <= bailout;
            const double nextX = xx - yy + cx[i];
            const double nextY = xy + xy + cy[i];
            x[i] = stays ? nextX : px;
            y[i] = stays ? nextY : py;
            const double one = stays ? 1.0 : 0.0;
            steps[i] = steps[i] + one;
        }
    }
}

void escapeBlock(double* __restrict x, double* __restrict y, const double* __restrict cx, const double* __restrict cy, float* __restrict count, int limit)
{
    double steps[lanes] = {};
    int free = 0; // steps that all have made
    double inside = 0.0;
    for (int done = 0; done < limit && (done == 0 || inside > 0.0); done += stride) {
        if (inside == lanes && stepFreely(x, y, cx, cy)) {
            free += stride;
        } else {
            stepWatched(x, y, cx, cy, steps);
            inside = staying(x, y);
        }
    }
    for (int i = 0; i < lanes; ++i) {
        const double size = x[i] * x[i] + y[i] * y[i];
        const bool left = size > bailout;
        // Of log2 |z|² between 16 (just out) and 32 (one step later).
        const float late = log2Of(log2Of(static_cast<float>(left ? size : bailout)) * 0.0625F);
        const float smooth = static_cast<float>(free + steps[i]) - late;
        count[i] = left ? smooth : -1.0F;
    }
}

} // namespace

void escape(double* x, double* y, const double* cx, const double* cy, float* count, long n, int limit)
{
    for (long i = 0; i + lanes <= n; i += lanes)
        escapeBlock(x + i, y + i, cx + i, cy + i, count + i, limit);
}

void bands(const float* count, float* out, long n, int scale, float density, float offset, float inside)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float c = count[i] > 0.0F ? count[i] : 0.0F;
        const float even = c * 0.0625F;
        const float root = __builtin_sqrtf(c) * 0.5F;
        const float log = log2Of(c + 1.0F);
        const float x = (scale == 0 ? even : scale == 1 ? root
                                                        : log)
                * density
            + offset;
        // A triangle with period 1 that is 0 at whole numbers, then rounded off at both ends.
        const float biased = x + 12582912.0F; // 1.5·2^23: rounds to the nearest whole number
        float rest = x - (biased - 12582912.0F);
        rest = rest < 0.0F ? -rest : rest;
        const float w = rest + rest;
        const float tone = w * w * (3.0F - w - w);
        out[i] = count[i] < -0.5F ? inside : tone;
    }
}

} // namespace artdag::ARTDAG_KERNELS
