// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic on rows, sample by sample. Inputs may be the row that is written.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

void fill(float* out, long n, float value)
{
    for (long i = 0; i < n; ++i)
        out[i] = value;
}

void scale(const float* in, float* out, long n, float factor, float offset)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = in[i] * factor + offset;
}

// Two products instead of a + (b − a)·t: exact at both ends.
void lerp(const float* a, const float* b, float* out, long n, float t)
{
    const float rest = 1.0F - t;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = a[i] * rest + b[i] * t;
}

void lerpBy(const float* a, const float* b, const float* t, float* out, long n)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = a[i] * (1.0F - t[i]) + b[i] * t[i];
}

void multiply(const float* a, const float* b, float* out, long n)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = a[i] * b[i];
}

void addScaled(const float* in, float* out, long n, float factor)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = out[i] + in[i] * factor;
}

void unpremultiply(const float* const in[4], float* const out[4], long n)
{
    const float* a = in[3];
    for (int plane = 0; plane < 3; ++plane) {
        const float* from = in[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i) {
            const float value = from[i] / (a[i] > 0.0F ? a[i] : 1.0F);
            to[i] = a[i] > 0.0F ? value : 0.0F;
        }
    }
    float* toAlpha = out[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        toAlpha[i] = a[i];
}

void premultiply(const float* const in[4], float* const out[4], long n)
{
    const float* a = in[3];
    for (int plane = 0; plane < 3; ++plane) {
        const float* from = in[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            to[i] = from[i] * a[i];
    }
    float* toAlpha = out[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        toAlpha[i] = a[i];
}

void blacken(float* const planes[4], long n)
{
    const float* a = planes[3];
    for (int plane = 0; plane < 3; ++plane) {
        float* to = planes[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            to[i] = a[i] > 0.0F ? to[i] : 0.0F;
    }
}

void matrix(const float m[12], const float* const in[4], float* const out[4], long n, int premultiplied)
{
    const float* r = in[0];
    const float* g = in[1];
    const float* b = in[2];
    const float* a = in[3];
    float* outR = out[0];
    float* outG = out[1];
    float* outB = out[2];
    float* outA = out[3];
    const float byAlpha = premultiplied != 0 ? 1.0F : 0.0F;
    const float always = 1.0F - byAlpha;
    const float m0 = m[0], m1 = m[1], m2 = m[2], m3 = m[3];
    const float m4 = m[4], m5 = m[5], m6 = m[6], m7 = m[7];
    const float m8 = m[8], m9 = m[9], m10 = m[10], m11 = m[11];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float one = a[i] * byAlpha + always;
        const float x = r[i], y = g[i], z = b[i], w = a[i];
        outR[i] = m0 * x + m1 * y + m2 * z + m3 * one;
        outG[i] = m4 * x + m5 * y + m6 * z + m7 * one;
        outB[i] = m8 * x + m9 * y + m10 * z + m11 * one;
        outA[i] = w;
    }
}

void matrix3(const float m[9], const float* const in[3], float* const out[3], long n)
{
    const float* r = in[0];
    const float* g = in[1];
    const float* b = in[2];
    float* outR = out[0];
    float* outG = out[1];
    float* outB = out[2];
    const float m0 = m[0], m1 = m[1], m2 = m[2];
    const float m3 = m[3], m4 = m[4], m5 = m[5];
    const float m6 = m[6], m7 = m[7], m8 = m[8];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float x = r[i], y = g[i], z = b[i];
        outR[i] = m0 * x + m1 * y + m2 * z;
        outG[i] = m3 * x + m4 * y + m5 * z;
        outB[i] = m6 * x + m7 * y + m8 * z;
    }
}

void over(const float* const below[4], const float* const above[4], float* const out[4], long n, float opacity)
{
    // The alpha plane goes last: the others still need it when `out` is `above`.
    const float* cover = above[3];
    for (int plane = 0; plane < 4; ++plane) {
        const float* under = below[plane];
        const float* top = above[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            to[i] = top[i] * opacity + under[i] * (1.0F - cover[i] * opacity);
    }
}

int allZero(const float* in, long n)
{
    unsigned bits = 0; // −0 is something: what it is added to may become 0
    for (long i = 0; i < n; ++i)
        bits |= __builtin_bit_cast(unsigned, in[i]);
    return bits == 0 ? 1 : 0;
}

int allOne(const float* in, long n)
{
    int others = 0;
    for (long i = 0; i < n; ++i)
        others |= in[i] != 1.0F ? 1 : 0;
    return others == 0 ? 1 : 0;
}

} // namespace artdag::ARTDAG_KERNELS
