// SPDX-License-Identifier: GPL-3.0-or-later
// The sRGB curve in two forms. Up to 1024 in display and 64 in linear values, where nearly all pixels are: octave by table,
// the rest by a polynomial. Above: 2^(p·log2 x) with two polynomials. Which form a value takes depends on the value alone.
// Both are exact at 1.
#include "core/picture/rows.h"

#include <immintrin.h>

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

// A power of x = 2^e · m is that of 2^e, from a table, times that of m in [1, 2), a polynomial that is exactly 1 at 1,
// summed in pairs, so that its terms do not wait for each other. The
// table is found by the low four bits of the biased exponent, so it serves sixteen octaves; what is larger goes the long way.
alignas(64) constexpr float decodeOctaves[16] = { // 2^(2.4·e) for e from −5 to 10
    5.278032F, 27.857618F, 147.03339F, 776.0469F,
    4096.0F, 21618.818F, 114104.805F, 602248.75F,
    3178688.0F, 16777216.0F, 0.00024414062F, 0.001288582F,
    0.0068011764F, 0.035896823F, 0.18946457F, 1.0F};
alignas(64) constexpr float encodeOctaves[16] = { // 1.055 · 2^(5/12·e) for e from −9 to 6
    1.4082559F, 1.8797961F, 2.5092268F, 3.349416F,
    4.470934F, 5.967981F, 0.07841334F, 0.10466925F,
    0.13971668F, 0.1864994F, 0.24894683F, 0.33230415F,
    0.44357285F, 0.5920987F, 0.79035693F, 1.055F};
constexpr float decodeMost = 1024.0F;
constexpr float encodeMost = 64.0F;
constexpr long stretch = 512;

// Vectors by hand: table look-ups in a register are nothing that a compiler finds in a loop. The number of lanes changes
// no value, as every lane does the same operations.
#if defined(__AVX512F__)
constexpr long lanes = 16;
#elif defined(__AVX2__)
constexpr long lanes = 8;
#else
constexpr long lanes = 4;
#endif
typedef float Floats __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)), may_alias));
typedef int Ints __attribute__((vector_size(lanes * sizeof(int)), aligned(sizeof(int)), may_alias));

/// table[exponent & 15], lane by lane.
ARTDAG_INLINE Floats octaveOf(const float* table, Ints exponent)
{
#if defined(__AVX512F__)
    return (Floats)_mm512_permutexvar_ps((__m512i)exponent, _mm512_load_ps(table));
#elif defined(__AVX2__)
    const __m256 low = _mm256_permutevar8x32_ps(_mm256_load_ps(table), (__m256i)exponent);
    const __m256 high = _mm256_permutevar8x32_ps(_mm256_load_ps(table + 8), (__m256i)exponent);
    return (Floats)_mm256_blendv_ps(low, high, (__m256)(exponent << 28)); // by the sign, which is bit 3
#else
    const Ints at = exponent & 15;
    return Floats{table[at[0]], table[at[1]], table[at[2]], table[at[3]]};
#endif
}

ARTDAG_INLINE float sizeOf(float v)
{
    return floatOf(bitsOf(v) & 0x7FFFFFFFU);
}
ARTDAG_INLINE float withSignOf(float v, float size)
{
    return floatOf(bitsOf(size) | (bitsOf(v) & 0x80000000U));
}

ARTDAG_INLINE Floats choose(Ints mask, Floats yes, Floats no)
{
    return (Floats)(((Ints)yes & mask) | ((Ints)no & ~mask));
}

/// The part of x in [1, 2), less 1.
ARTDAG_INLINE Floats fractionOf(Ints bits)
{
    return (Floats)((bits & 0x007FFFFF) | 0x3F800000) - 1.0F;
}

/// ((v + 0.055)/1.055)^2.4, relative error 2e-7
ARTDAG_INLINE Floats decodeNear(Floats size)
{
    const Ints bits = (Ints)(size * decodeScale + decodeOffset);
    const Floats f = fractionOf(bits);
    const Floats f2 = f * f;
    const Floats low = (f * 2.399998F + 1.0F) + f2 * (f * 0.22358586F + 1.6800514F);
    const Floats high = (f * 0.007737864F - 0.03206513F) + f2 * -0.0012764817F;
    const Floats curve = (low + f2 * f2 * high) * octaveOf(decodeOctaves, bits >> 23);
    return choose(size > 0.04045F, curve, size * (1.0F / 12.92F));
}

ARTDAG_INLINE float decodeFar(float size)
{
    float t = size * decodeScale + decodeOffset;
    t = t < 0x1p40F ? t : 0x1p40F;
    return powerOf(t, decodeHigh, decodeLow);
}

/// 1.055·l^(1/2.4) − 0.055, relative error 3e-7
ARTDAG_INLINE Floats encodeNear(Floats size)
{
    const Ints bits = (Ints)size;
    const Floats f = fractionOf(bits);
    const Floats f2 = f * f;
    const Floats low = (f * 0.41665366F + 1.0F) + f2 * (f * 0.061986767F - 0.121240094F);
    const Floats high = (f * 0.014042523F - 0.03367177F) + f2 * -0.0029314717F;
    const Floats curve = (low + f2 * f2 * high) * octaveOf(encodeOctaves, bits >> 23) - encodeOffset;
    return choose(size > 0.0031308F, curve, size * 12.92F);
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

/// A curve over one vector, odd.
template <Floats near(Floats)>
ARTDAG_INLINE void curveOnce(const float* in, float* out)
{
    const Ints bits = *reinterpret_cast<const Ints*>(in);
    const Ints size = bits & 0x7FFFFFFF;
    *reinterpret_cast<Ints*>(out) = (Ints)near((Floats)size) | (bits ^ size);
}

/// A curve over a stretch of any length; `in` may be `out`.
template <Floats near(Floats), float far(float)>
void curveStretch(const float* in, float* out, long n, float most)
{
    if (anyBeyond(in, n, most)) {
        for (long i = 0; i < n; ++i) {
            const float size = sizeOf(in[i]);
            out[i] = withSignOf(in[i], size > most ? far(size) : near(Floats{size})[0]);
        }
        return;
    }
    long i = 0;
    for (; i + lanes <= n; i += lanes)
        curveOnce<near>(in + i, out + i);
    if (i == n)
        return;
    float rest[lanes] = {};
    for (long k = i; k < n; ++k)
        rest[k - i] = in[k];
    curveOnce<near>(rest, rest);
    for (long k = i; k < n; ++k)
        out[k] = rest[k - i];
}

void decodeStretch(const float* in, float* out, long n)
{
    curveStretch<decodeNear, decodeFar>(in, out, n, decodeMost);
}

void encodeStretch(const float* in, float* out, long n)
{
    curveStretch<encodeNear, encodeFar>(in, out, n, encodeMost);
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

void power(const float* in, float* out, long n, const PowerCurve& curve)
{
    const float high = curve.high, low = curve.low, least = curve.least, most = curve.most;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float size = sizeOf(in[i]);
        float held = size > least ? size : least;
        held = held < most ? held : most;
        const float result = powerOf(held, high, low);
        out[i] = withSignOf(in[i], size > least ? result : 0.0F);
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
