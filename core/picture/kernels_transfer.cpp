// SPDX-License-Identifier: GPL-3.0-or-later
// The sRGB curve in two forms. Up to a little above 1, where nearly all pixels are: a polynomial in a square root (to linear)
// or in an eighth root (to display). Above: 2^(p·log2 x) with two polynomials. Which form a value takes depends on the value
// alone; the second is only computed for stretches that need it. All forms are exact at 1.
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

constexpr float decodeMost = 1.6328F; ///< the polynomials were fitted up to here, with errors of 9e-8 in display values
constexpr float encodeMost = 2.0F;
constexpr long stretch = 512;

ARTDAG_INLINE float sizeOf(float v)
{
    return floatOf(bitsOf(v) & 0x7FFFFFFFU);
}
ARTDAG_INLINE float withSignOf(float v, float size)
{
    return floatOf(bitsOf(size) | (bitsOf(v) & 0x80000000U));
}

/// ((v + 0.055)/1.055)^2.4 as a polynomial in the square root of the base.
ARTDAG_INLINE float decodeNear(float size)
{
    const float s = __builtin_sqrtf(size * decodeScale + decodeOffset);
    float curve = 0.007872F;
    curve = curve * s - 0.07134606F;
    curve = curve * s + 0.876831352F;
    curve = curve * s + 0.240725456F;
    curve = curve * s - 0.0679403207F;
    curve = curve * s + 0.0160278424F;
    curve = curve * s - 0.00231931456F;
    curve = curve * s + 0.000148990475F;
    return size > 0.04045F ? curve : size * (1.0F / 12.92F);
}

ARTDAG_INLINE float decodeFar(float size)
{
    float t = size * decodeScale + decodeOffset;
    t = t < 0x1p40F ? t : 0x1p40F;
    return powerOf(t, decodeHigh, decodeLow);
}

/// 1.055·l^(1/2.4) − 0.055 as a polynomial in the eighth root of l.
ARTDAG_INLINE float encodeNear(float size)
{
    const float x = size > 0.0031308F ? size : 0.0031308F;
    const float q = __builtin_sqrtf(__builtin_sqrtf(__builtin_sqrtf(x)));
    float curve = 0.0111188812F;
    curve = curve * q - 0.0835608127F;
    curve = curve * q + 0.40376202F;
    curve = curve * q + 0.821678452F;
    curve = curve * q - 0.116011016F;
    curve = curve * q + 0.0196956832F;
    curve = curve * q - 0.0566832084F;
    return size > 0.0031308F ? curve : size * 12.92F;
}

ARTDAG_INLINE float encodeFar(float size)
{
    float x = size > 1.0F ? size : 1.0F;
    x = x < 0x1p100F ? x : 0x1p100F;
    return powerOf(x, encodeHigh, encodeLow) * encodeScale - encodeOffset;
}

/// Whether any size is above `most`, or no number.
ARTDAG_INLINE bool anyBeyond(const float* in, long n, float most)
{
    int beyond = 0;
    for (long i = 0; i < n; ++i)
        beyond |= sizeOf(in[i]) <= most ? 0 : 1;
    return beyond != 0;
}

void decodeStretch(const float* in, float* out, long n)
{
    if (anyBeyond(in, n, decodeMost)) {
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i) {
            const float v = in[i];
            const float near = decodeNear(sizeOf(v));
            const float far = decodeFar(sizeOf(v));
            out[i] = withSignOf(v, sizeOf(v) > decodeMost ? far : near);
        }
        return;
    }
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = withSignOf(in[i], decodeNear(sizeOf(in[i])));
}

void encodeStretch(const float* in, float* out, long n)
{
    if (anyBeyond(in, n, encodeMost)) {
        ARTDAG_ELEMENTWISE
        for (long i = 0; i < n; ++i) {
            const float v = in[i];
            const float near = encodeNear(sizeOf(v));
            const float far = encodeFar(sizeOf(v));
            out[i] = withSignOf(v, sizeOf(v) > encodeMost ? far : near);
        }
        return;
    }
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i)
        out[i] = withSignOf(in[i], encodeNear(sizeOf(in[i])));
}

/// Straight colour of a premultiplied row; 0 where there is no alpha.
ARTDAG_INLINE void straighten(const float* in, const float* cover, float* out, long n)
{
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float value = in[i] / (cover[i] > 0.0F ? cover[i] : 1.0F);
        out[i] = cover[i] > 0.0F ? value : 0.0F;
    }
}

ARTDAG_INLINE long least(long a, long b)
{
    return a < b ? a : b;
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
    for (long i = 0; i < n; i += stretch)
        decodeStretch(in + i, out + i, least(stretch, n - i));
}

void linearToSrgb(const float* in, float* out, long n)
{
    for (long i = 0; i < n; i += stretch)
        encodeStretch(in + i, out + i, least(stretch, n - i));
}

void toDisplay(const float* const in[4], float* const out[4], long n)
{
    for (long i = 0; i < n; i += stretch) {
        const long count = least(stretch, n - i);
        const float* cover = in[3] + i;
        const bool opaque = allOne(cover, count) != 0; // x / 1 is x: nothing changes but the time
        for (int plane = 0; plane < 3; ++plane) {
            const float* from = in[plane] + i;
            float* to = out[plane] + i;
            if (!opaque)
                straighten(from, cover, to, count);
            encodeStretch(opaque ? from : to, to, count);
        }
        float* toCover = out[3] + i;
        ARTDAG_ELEMENTWISE
        for (long j = 0; j < count; ++j)
            toCover[j] = cover[j];
    }
}

void fromDisplay(const float* const in[4], float* const out[4], long n)
{
    for (long i = 0; i < n; i += stretch) {
        const long count = least(stretch, n - i);
        const float* cover = in[3] + i;
        for (int plane = 0; plane < 3; ++plane) {
            float* to = out[plane] + i;
            decodeStretch(in[plane] + i, to, count);
            ARTDAG_ELEMENTWISE
            for (long j = 0; j < count; ++j)
                to[j] = to[j] * cover[j];
        }
        float* toCover = out[3] + i;
        ARTDAG_ELEMENTWISE
        for (long j = 0; j < count; ++j)
            toCover[j] = cover[j];
    }
}

void toScreen(const float* const in[4], unsigned char* out, long n)
{
    typedef unsigned __attribute__((may_alias, aligned(1))) Pixel; // four bytes in memory order R G B A
    Pixel* __restrict pixels = reinterpret_cast<Pixel*>(out);
    float straight[3][stretch];
    for (long i = 0; i < n; i += stretch) {
        const long count = least(stretch, n - i);
        const float* cover = in[3] + i;
        for (int plane = 0; plane < 3; ++plane) {
            straighten(in[plane] + i, cover, straight[plane], count);
            encodeStretch(straight[plane], straight[plane], count);
        }
        for (long j = 0; j < count; ++j)
            pixels[i + j] = screenByte(straight[0][j]) | screenByte(straight[1][j]) << 8 | screenByte(straight[2][j]) << 16 | screenByte(cover[j]) << 24;
    }
}

} // namespace artdag::ARTDAG_KERNELS
