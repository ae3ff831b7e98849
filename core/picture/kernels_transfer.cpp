// SPDX-License-Identifier: GPL-3.0-or-later
// The sRGB curve as 2^(p·log2 x) with two polynomials: one body for 8-bit pictures and for values far above 1, no table.
// Both polynomials are exact at the ends of their intervals, so that the curve has no step where an exponent changes.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#define ARTDAG_INLINE __attribute__((always_inline)) inline

ARTDAG_INLINE float floatOf(unsigned bits)
{
    return __builtin_bit_cast(float, bits);
}
ARTDAG_INLINE unsigned bitsOf(float value)
{
    return __builtin_bit_cast(unsigned, value);
}

/// x^(high + low) for x in [2^-20, 2^100]; `high` has so few bits that its product with an exponent of x is exact.
/// Exactly 1 at 1.
ARTDAG_INLINE float powerOf(float x, float high, float low)
{
    // x = 2^e · m with m in [√½, √2)
    const unsigned shifted = bitsOf(x) - 0x3F3504F3U;
    const int exponent = static_cast<int>(shifted) >> 23;
    const float f = floatOf((shifted & 0x007FFFFFU) + 0x3F3504F3U) - 1.0F;
    float log = -0.146552422999F;
    log = log * f + 0.238381403764F;
    log = log * f - 0.250401873470F;
    log = log * f + 0.286524147424F;
    log = log * f - 0.360043043346F;
    log = log * f + 0.480945860028F;
    log = log * f - 0.721358244445F;
    log = log * f + 1.442694717050F;
    log = log * f;
    const float e = static_cast<float>(exponent);
    const float coarse = e * high;
    const float fine = log * (high + low) + e * low;
    // 2^y = 2^whole · 2^rest; adding 1.5·2^23 rounds to a whole number in the low bits
    const float biased = (coarse + fine) + 12582912.0F;
    const float rest = (coarse - (biased - 12582912.0F)) + fine;
    float result = 0.00132770040068F;
    result = result * rest + 0.00967575855784F;
    result = result * rest + 0.0555074209143F;
    result = result * rest + 0.240221747480F;
    result = result * rest + 0.693146944683F;
    result = result * rest + 1.0F;
    return floatOf(bitsOf(result) + (bitsOf(biased) << 23));
}

// 1 must go to 1 exactly: the sum of the rounded constants is 1 in float.
constexpr float decodeScale = 1.0F / 1.055F;
constexpr float decodeOffset = 1.0F - decodeScale;
constexpr float encodeScale = 1.055F;
constexpr float encodeOffset = encodeScale - 1.0F;
// 12/5 and 5/12, each as 14 bits and the rest.
constexpr float decodeHigh = 2.4000244140625F;
constexpr float decodeLow = -0.0000244140625F;
constexpr float encodeHigh = 0.416656494140625F;
constexpr float encodeLow = 0.0000101725260417F;

ARTDAG_INLINE float decode(float v)
{
    const unsigned sign = bitsOf(v) & 0x80000000U;
    const float size = floatOf(bitsOf(v) & 0x7FFFFFFFU);
    float t = size * decodeScale + decodeOffset;
    t = t < 0x1p40F ? t : 0x1p40F;
    const float curve = powerOf(t, decodeHigh, decodeLow);
    const float straight = size * (1.0F / 12.92F);
    return floatOf(bitsOf(size > 0.04045F ? curve : straight) | sign);
}

ARTDAG_INLINE float encode(float l)
{
    const unsigned sign = bitsOf(l) & 0x80000000U;
    const float size = floatOf(bitsOf(l) & 0x7FFFFFFFU);
    float x = size > 0.0031308F ? size : 0.0031308F;
    x = x < 0x1p100F ? x : 0x1p100F;
    const float curve = powerOf(x, encodeHigh, encodeLow) * encodeScale - encodeOffset;
    const float straight = size * 12.92F;
    return floatOf(bitsOf(size > 0.0031308F ? curve : straight) | sign);
}

ARTDAG_INLINE unsigned screenByte(float v)
{
    v = v > 0.0F ? v : 0.0F;
    v = v < 1.0F ? v : 1.0F;
    return static_cast<unsigned>(static_cast<int>(v * 255.0F + 0.5F));
}

} // namespace

void srgbToLinear(const float* in, float* out, long n)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = decode(in[i]);
}

void linearToSrgb(const float* in, float* out, long n)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = encode(in[i]);
}

void toDisplay(const float* const in[4], float* const out[4], long n)
{
    const float* a = in[3];
    for (int plane = 0; plane < 3; ++plane) {
        const float* from = in[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i) {
            const float divisor = a[i] > 0.0F ? a[i] : 1.0F;
            const float value = encode(from[i] / divisor);
            to[i] = a[i] > 0.0F ? value : 0.0F;
        }
    }
    float* toAlpha = out[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        toAlpha[i] = a[i];
}

void fromDisplay(const float* const in[4], float* const out[4], long n)
{
    const float* a = in[3];
    for (int plane = 0; plane < 3; ++plane) {
        const float* from = in[plane];
        float* to = out[plane];
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i)
            to[i] = decode(from[i]) * a[i];
    }
    float* toAlpha = out[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        toAlpha[i] = a[i];
}

void toScreen(const float* const in[4], unsigned char* out, long n)
{
    typedef unsigned __attribute__((may_alias, aligned(1))) Pixel; // four bytes in memory order R G B A
    Pixel* __restrict pixels = reinterpret_cast<Pixel*>(out);
    const float* r = in[0];
    const float* g = in[1];
    const float* b = in[2];
    const float* a = in[3];
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float cover = a[i];
        const float divisor = cover > 0.0F ? cover : 1.0F;
        const float keep = cover > 0.0F ? 1.0F : 0.0F;
        const unsigned pixel = screenByte(encode(r[i] / divisor) * keep) | screenByte(encode(g[i] / divisor) * keep) << 8
            | screenByte(encode(b[i] / divisor) * keep) << 16 | screenByte(cover) << 24;
        pixels[i] = pixel;
    }
}

} // namespace artdag::ARTDAG_KERNELS
