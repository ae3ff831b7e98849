// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of formulas over rows of doubles. Series are long enough that what is left out is below 1e-14.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#define ARTDAG_INLINE __attribute__((always_inline)) inline

constexpr double toWhole = 6755399441055744.0; ///< 1.5 · 2^52: adding it rounds to a whole number

/// No number gives −most.
ARTDAG_INLINE double held(double x, double most)
{
    const double above = x > -most ? x : -most;
    return above < most ? above : most;
}

ARTDAG_INLINE double nearestWhole(double x)
{
    return (x + toWhole) - toWhole;
}

/// Never −0.
ARTDAG_INLINE double wholeBelow(double x)
{
    return __builtin_floor(x) + 0.0;
}

/// sin(x + quarters · π/2). Each lane runs the one series that it needs, of the same length.
ARTDAG_INLINE double sineOf(double x, int quarters)
{
    const double q = nearestWhole(held(x, 1e9) * 0.63661977236758134308);
    // π/2 in three parts (Cody and Waite), so that nothing is lost to the subtraction.
    const double r = ((held(x, 1e9) - q * 1.57079632673412561417) - q * 6.07710050630396597660e-11) - q * 2.02226624879595063154e-21;
    const double z = r * r;
    const int quadrant = static_cast<int>(q) + quarters;
    const bool odd = (quadrant & 1) != 0;
    double series = odd ? 1.0 / 20922789888000.0 * z - 1.0 / 87178291200.0 : -1.0 / 1307674368000.0;
    series = series * z + (odd ? 1.0 / 479001600.0 : 1.0 / 6227020800.0);
    series = series * z + (odd ? -1.0 / 3628800.0 : -1.0 / 39916800.0);
    series = series * z + (odd ? 1.0 / 40320.0 : 1.0 / 362880.0);
    series = series * z + (odd ? -1.0 / 720.0 : -1.0 / 5040.0);
    series = series * z + (odd ? 1.0 / 24.0 : 1.0 / 120.0);
    series = series * z + (odd ? -0.5 : -1.0 / 6.0);
    const double value = (odd ? 1.0 : r) + (odd ? z : r * z) * series;
    return (quadrant & 2) != 0 ? -value : value;
}

ARTDAG_INLINE double exp2Of(double x)
{
    const double all = held(x, 1020.0), whole = nearestWhole(all), y = (all - whole) * 0.69314718055994530942;
    double power = 1.0 / 479001600.0;
    power = power * y + 1.0 / 39916800.0;
    power = power * y + 1.0 / 3628800.0;
    power = power * y + 1.0 / 362880.0;
    power = power * y + 1.0 / 40320.0;
    power = power * y + 1.0 / 5040.0;
    power = power * y + 1.0 / 720.0;
    power = power * y + 1.0 / 120.0;
    power = power * y + 1.0 / 24.0;
    power = power * y + 1.0 / 6.0;
    power = power * y + 0.5;
    power = power * y + 1.0;
    power = power * y + 1.0;
    // The exponent's bits, by way of a double whose last bits they are.
    return power * __builtin_bit_cast(double, __builtin_bit_cast(unsigned long, whole + 1023.0 + 4503599627370496.0) << 52);
}

ARTDAG_INLINE double log2Of(double value)
{
    const double x = value > 1e-300 ? (value < 1e300 ? value : 1e300) : 1e-300;
    const unsigned long bits = __builtin_bit_cast(unsigned long, x);
    const unsigned long biased = (bits + (0x3FF0000000000000UL - 0x3FE6A09E667F3BCDUL)) >> 52; // so that the rest is between √½ and √2
    const double rest = __builtin_bit_cast(double, bits - (biased << 52) + 0x3FF0000000000000UL);
    const double exponent = __builtin_bit_cast(double, biased | 0x4330000000000000UL) - (4503599627370496.0 + 1023.0);
    const double z = (rest - 1.0) / (rest + 1.0), zz = z * z;
    double sum = 1.0 / 17.0;
    sum = sum * zz + 1.0 / 15.0;
    sum = sum * zz + 1.0 / 13.0;
    sum = sum * zz + 1.0 / 11.0;
    sum = sum * zz + 1.0 / 9.0;
    sum = sum * zz + 1.0 / 7.0;
    sum = sum * zz + 1.0 / 5.0;
    sum = sum * zz + 1.0 / 3.0;
    sum = sum * zz + 1.0;
    return exponent + z * sum * 2.88539008177792681472;
}

ARTDAG_INLINE double powerOf(double base, double exponent)
{
    const double size = base < 0.0 ? -base : base, power = exp2Of(held(exponent, 1e9) * log2Of(size));
    const double half = exponent * 0.5;
    const bool whole = wholeBelow(exponent) == exponent, even = wholeBelow(half) == half;
    const double ofNegative = whole ? (even ? power : -power) : 0.0;
    const double ofZero = exponent == 0.0 ? 1.0 : 0.0;
    return base > 0.0 ? power : base < 0.0 ? ofNegative
                                           : ofZero;
}

/// arctan √z ÷ √z from its term `k` on, written out: a loop would not become one of vectors.
template <int k>
ARTDAG_INLINE double arctangentFrom(double z)
{
    if constexpr (k == 18)
        return 0.0;
    else
        return 1.0 / (2 * k + 1) - z * arctangentFrom<k + 1>(z);
}

ARTDAG_INLINE double directionOf(double y, double x)
{
    const double up = y < 0.0 ? -y : y, along = x < 0.0 ? -x : x;
    const double most = up > along ? up : along, least = up > along ? along : up;
    const double ratio = most > 0.0 ? least / most : 0.0;
    const bool steep = ratio > 0.41421356237309504880; // tan(π/8)
    const double r = steep ? (ratio - 1.0) / (ratio + 1.0) : ratio, z = r * r;
    double angle = r * arctangentFrom<0>(z) + (steep ? 0.78539816339744830962 : 0.0);
    angle = up > along ? 1.57079632679489661923 - angle : angle;
    angle = x < 0.0 ? 3.14159265358979323846 - angle : angle;
    return y < 0.0 ? -angle : angle;
}

// 32 bits of a lattice point: odd factors, then the finaliser of a search for the least bias (Wellons, "lowbias32").
constexpr unsigned factors[3] = {0x9E3779B1U, 0x85EBCA77U, 0xC2B2AE3DU};

ARTDAG_INLINE unsigned placeOf(double a, double b, double c)
{
    return static_cast<unsigned>(static_cast<int>(a)) * factors[0] + static_cast<unsigned>(static_cast<int>(b)) * factors[1] + static_cast<unsigned>(static_cast<int>(c)) * factors[2] + 0x27D4EB2FU;
}

ARTDAG_INLINE unsigned bitsOf(unsigned place)
{
    unsigned bits = (place ^ (place >> 16)) * 0x7FEB352DU;
    bits = (bits ^ (bits >> 15)) * 0x846CA68BU;
    return bits ^ (bits >> 16);
}

ARTDAG_INLINE double unitOf(unsigned bits)
{
    return (static_cast<double>(static_cast<int>(bits ^ 0x80000000U)) + 2147483648.0) * 0x1.0p-32;
}

ARTDAG_INLINE double latticeOf(double x)
{
    return wholeBelow(held(x, 1073741824.0));
}

ARTDAG_INLINE double hashOf(double a, double b, double c)
{
    return unitOf(bitsOf(placeOf(latticeOf(a), latticeOf(b), latticeOf(c))));
}

/// Ken Perlin's quintic (2002).
ARTDAG_INLINE double gentle(double t)
{
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

ARTDAG_INLINE double cornerOf(unsigned place, double weight)
{
    return weight * (2.0 * unitOf(bitsOf(place)) - 1.0);
}

/// Between the corners of a cell, along `axes` of its axes: beyond them a place is a whole number, so that the far corners weigh nothing.
template <int axes>
ARTDAG_INLINE double noiseOf(double a, double b, double c)
{
    const double x = latticeOf(a), y = latticeOf(b), z = latticeOf(c);
    const double u = gentle(held(a, 1073741824.0) - x), nu = 1.0 - u;
    const unsigned place = placeOf(x, y, z), right = place + factors[0];
    double sum = 0.0;
    if constexpr (axes == 1) {
        sum += cornerOf(place, nu);
        return sum + cornerOf(right, u);
    }
    const double v = gentle(held(b, 1073741824.0) - y), nv = 1.0 - v;
    if constexpr (axes == 2) {
        sum += cornerOf(place, nu * nv);
        sum += cornerOf(right, u * nv);
        sum += cornerOf(place + factors[1], nu * v);
        return sum + cornerOf(right + factors[1], u * v);
    }
    const double w = gentle(held(c, 1073741824.0) - z), nw = 1.0 - w;
    sum += cornerOf(place, nu * nv * nw);
    sum += cornerOf(right, u * nv * nw);
    sum += cornerOf(place + factors[1], nu * v * nw);
    sum += cornerOf(right + factors[1], u * v * nw);
    sum += cornerOf(place + factors[2], nu * nv * w);
    sum += cornerOf(right + factors[2], u * nv * w);
    sum += cornerOf(place + factors[1] + factors[2], nu * v * w);
    return sum + cornerOf(right + factors[1] + factors[2], u * v * w);
}

} // namespace

#define ARTDAG_CASE(name, result)    \
    case FormulaOperation::name:     \
        ARTDAG_ELEMENTWISE           \
        for (long i = 0; i < n; ++i) \
            out[i] = result;         \
        break;

void formula(FormulaOperation operation, const double* a, const double* b, const double* c, double* out, long n)
{
    switch (operation) {
        ARTDAG_CASE(Add, a[i] + b[i])
        ARTDAG_CASE(Subtract, a[i] - b[i])
        ARTDAG_CASE(Multiply, a[i] * b[i])
        ARTDAG_CASE(Divide, b[i] != 0.0 ? a[i] / b[i] : 0.0)
        ARTDAG_CASE(Modulo, b[i] != 0.0 ? a[i] - b[i] * wholeBelow(a[i] / b[i]) : 0.0)
        ARTDAG_CASE(Minimum, a[i] < b[i] ? a[i] : b[i])
        ARTDAG_CASE(Maximum, a[i] > b[i] ? a[i] : b[i])
        ARTDAG_CASE(Power, powerOf(a[i], b[i]))
        ARTDAG_CASE(Direction, directionOf(a[i], b[i]))
        ARTDAG_CASE(Less, a[i] < b[i] ? 1.0 : 0.0)
        ARTDAG_CASE(LessOrEqual, a[i] <= b[i] ? 1.0 : 0.0)
        ARTDAG_CASE(Equal, a[i] == b[i] ? 1.0 : 0.0)
        ARTDAG_CASE(And, a[i] != 0.0 && b[i] != 0.0 ? 1.0 : 0.0)
        ARTDAG_CASE(Or, a[i] != 0.0 || b[i] != 0.0 ? 1.0 : 0.0)
        ARTDAG_CASE(Select, a[i] != 0.0 ? b[i] : c[i])
        ARTDAG_CASE(Not, a[i] == 0.0 ? 1.0 : 0.0)
        ARTDAG_CASE(Absolute, a[i] < 0.0 ? -a[i] : a[i])
        ARTDAG_CASE(Floor, wholeBelow(a[i]))
        ARTDAG_CASE(SquareRoot, __builtin_sqrt(a[i] > 0.0 ? a[i] : 0.0))
        ARTDAG_CASE(Sine, sineOf(a[i], 0))
        ARTDAG_CASE(Cosine, sineOf(a[i], 1))
        ARTDAG_CASE(Exponential2, exp2Of(a[i]))
        ARTDAG_CASE(Logarithm2, log2Of(a[i]))
        ARTDAG_CASE(Noise, noiseOf<3>(a[i], b[i], c[i]))
        ARTDAG_CASE(FlatNoise, noiseOf<2>(a[i], b[i], c[i]))
        ARTDAG_CASE(LineNoise, noiseOf<1>(a[i], b[i], c[i]))
        ARTDAG_CASE(Hash, hashOf(a[i], b[i], c[i]))
    }
}

} // namespace artdag::ARTDAG_KERNELS
