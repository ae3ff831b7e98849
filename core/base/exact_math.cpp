// SPDX-License-Identifier: GPL-3.0-or-later
// Each function reduces its argument exactly (in pairs of doubles where one would lose digits), sums a short series from
// its smallest term, and adds the leading part last.
#include "core/base/exact_math.h"

#include <bit>
#include <cstdint>
#include <limits>

namespace artdag::exact {

namespace {

constexpr double largest = std::numeric_limits<double>::max();

double sizeOf(double value)
{
    return value < 0 ? -value : value;
}

/// An unevaluated sum high + low, |low| ≤ ½ ulp(high).
struct Pair {
    double high = 0;
    double low = 0;
};

Pair quickSum(double a, double b) ///< |a| ≥ |b|
{
    const double sum = a + b;
    return {sum, b - (sum - a)};
}

Pair sum(double a, double b) ///< Knuth: exact for any order
{
    const double total = a + b;
    const double part = total - a;
    return {total, (a - (total - part)) + (b - part)};
}

Pair product(double a, double b) ///< Veltkamp and Dekker: exact without a fused multiply
{
    constexpr double splitter = 134217729.0; // 2^27 + 1
    const double bigA = a * splitter;
    const double highA = bigA - (bigA - a);
    const double lowA = a - highA;
    const double bigB = b * splitter;
    const double highB = bigB - (bigB - b);
    const double lowB = b - highB;
    const double total = a * b;
    return {total, ((highA * highB - total) + highA * lowB + lowA * highB) + lowA * lowB};
}

Pair add(Pair a, Pair b)
{
    const Pair total = sum(a.high, b.high);
    return quickSum(total.high, total.low + (a.low + b.low));
}

Pair multiply(Pair a, Pair b)
{
    const Pair total = product(a.high, b.high);
    return quickSum(total.high, total.low + (a.high * b.low + a.low * b.high));
}

Pair divide(Pair a, Pair b)
{
    const double first = a.high / b.high;
    const Pair back = multiply({first, 0}, b);
    const Pair rest = add(a, {-back.high, -back.low});
    return quickSum(first, rest.high / b.high);
}

double powerOfTwo(int exponent) ///< −1022 … 1023
{
    return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

double scaled(double value, int exponent)
{
    if (exponent > 1023)
        return value * powerOfTwo(1023) * powerOfTwo(exponent - 1023);
    if (exponent < -1022)
        return value * powerOfTwo(exponent + 60) * 0x1p-60;
    return value * powerOfTwo(exponent);
}

/// Nearest whole number; ties to even. |value| < 2^51.
double nearest(double value)
{
    constexpr double shift = 6755399441055744.0; // 1.5 · 2^52
    return (value + shift) - shift;
}

/// value = mantissa · 2^exponent, mantissa in [√½, √2); value positive and finite.
struct Parts {
    double mantissa;
    int exponent;
};
Parts partsOf(double value)
{
    int exponent = 0;
    if (value < std::numeric_limits<double>::min()) {
        value *= 0x1p54;
        exponent = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(value);
    exponent += static_cast<int>(bits >> 52) - 1023;
    double mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFU) | 0x3FF0000000000000U);
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        ++exponent;
    }
    return {mantissa, exponent};
}

constexpr double ln2High = 0x1.62e42fee00000p-1; // 32 bits: times an exponent it is exact
constexpr double ln2Low = 0x1.a39ef35793c76p-33;

/// ln of the mantissa: 2·atanh(s) = 2(s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1), |s| ≤ 0.172.
Pair logOfMantissa(double mantissa)
{
    const Pair s = divide({mantissa - 1.0, 0}, sum(mantissa, 1.0));
    const Pair square = multiply(s, s);
    const double z = square.high;
    double tail = 2.0 / 25;
    for (int k = 23; k >= 5; k -= 2)
        tail = tail * z + 2.0 / k;
    const Pair cubic = multiply(multiply(s, square), add({0x1.5555555555555p-1, 0x1.5555555555555p-55}, {z * tail, 0}));
    return add({2 * s.high, 2 * s.low}, cubic);
}

Pair logPair(double value)
{
    const Parts parts = partsOf(value);
    const Pair whole = sum(parts.exponent * ln2High, parts.exponent * ln2Low);
    return add(whole, logOfMantissa(parts.mantissa));
}

/// e^(x.high + x.low)
double expPair(Pair x)
{
    if (x.high > 709.782712893384)
        return largest;
    if (!(x.high >= -745.2)) // also no number at all
        return 0;
    const double k = nearest(x.high * 1.4426950408889634);
    const Pair reduced = sum(x.high - k * ln2High, x.low - k * ln2Low);
    const double r = reduced.high;
    double tail = 1.0 / 6227020800.0; // 1/13!
    constexpr double inverseFactorials[] = {1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0, 1.0 / 362880.0, 1.0 / 40320.0, 1.0 / 5040.0, 1.0 / 720.0,
        1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5};
    for (const double coefficient : inverseFactorials)
        tail = tail * r + coefficient;
    const Pair leading = sum(1.0, r);
    return scaled(leading.high + (leading.low + (reduced.low + tail * r * r)), static_cast<int>(k));
}

/// x − n·π/2 with n the nearest whole number; π/2 in three parts of 23 bits, whose products with n are exact, and a rest.
struct Quarter {
    Pair rest;
    unsigned quadrant = 0;
};
Quarter quarterOf(double x)
{
    const double n = nearest(x * 0.6366197723675814);
    const double first = x - n * 0x1.921fb4p+0;
    const double second = first - n * 0x1.4442dp-24;
    const Pair third = sum(second, -n * 0x1.846988p-48);
    const Pair rest = add(third, {-n * 0x1.8cc51701b839ap-72, 0});
    return {rest, static_cast<unsigned>(static_cast<std::int64_t>(n)) & 3U};
}

Pair sinOfQuarter(Pair x)
{
    const double z = x.high * x.high;
    double tail = 1.0 / 355687428096000.0; // 1/17!
    constexpr double coefficients[] = {-1.0 / 1307674368000.0, 1.0 / 6227020800.0, -1.0 / 39916800.0, 1.0 / 362880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0};
    for (const double coefficient : coefficients)
        tail = tail * z + coefficient;
    return quickSum(x.high, tail * z * x.high + x.low * (1.0 - 0.5 * z));
}

Pair cosOfQuarter(Pair x)
{
    const double z = x.high * x.high;
    double tail = 1.0 / 20922789888000.0; // 1/16!
    constexpr double coefficients[] = {-1.0 / 87178291200.0, 1.0 / 479001600.0, -1.0 / 3628800.0, 1.0 / 40320.0, -1.0 / 720.0, 1.0 / 24.0};
    for (const double coefficient : coefficients)
        tail = tail * z + coefficient;
    const Pair half = product(x.high, x.high);
    const Pair leading = sum(1.0, -0.5 * half.high);
    return quickSum(leading.high, leading.low + (tail * z * z - 0.5 * half.low - x.high * x.low));
}

constexpr double angleLimit = 1073741824.0; // 2^30

double sineAt(double x, unsigned turn)
{
    if (!(sizeOf(x) <= angleLimit))
        return 0;
    const Quarter quarter = quarterOf(x);
    const unsigned quadrant = (quarter.quadrant + turn) & 3U;
    const Pair value = (quadrant & 1U) != 0 ? cosOfQuarter(quarter.rest) : sinOfQuarter(quarter.rest);
    return (quadrant & 2U) != 0 ? -(value.high + value.low) : value.high + value.low;
}

constexpr Pair atanOfEighths[] = {
    {0x0.0p+0, 0x0.0p+0},
    {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
    {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
    {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
    {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
    {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
    {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
    {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
    {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
};
constexpr Pair halfPi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
constexpr Pair wholePi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};

/// atan of a/b in [0, 1]: the nearest eighth c from a table, then the series of atan((a − c·b)/(b + c·a)), |z| ≤ 1/16.
Pair atanOfFraction(double a, double b)
{
    const double eighth = nearest(a / b * 8.0);
    const double c = eighth * 0.125;
    const Pair up = add({a, 0}, product(-c, b));
    const Pair down = add({b, 0}, product(c, a));
    const Pair z = divide(up, down);
    const double square = z.high * z.high;
    double tail = -1.0 / 15;
    constexpr double coefficients[] = {1.0 / 13, -1.0 / 11, 1.0 / 9, -1.0 / 7, 1.0 / 5, -1.0 / 3};
    for (const double coefficient : coefficients)
        tail = tail * square + coefficient;
    return add(atanOfEighths[static_cast<int>(eighth)], quickSum(z.high, z.low + tail * square * z.high));
}

double wholePower(double base, std::int64_t exponent)
{
    Pair result{1, 0};
    Pair square{base, 0};
    for (std::int64_t left = exponent; left > 0; left >>= 1) {
        if ((left & 1) != 0)
            result = multiply(result, square);
        if (left > 1)
            square = multiply(square, square);
    }
    return result.high + result.low;
}

} // namespace

double sin(double radians)
{
    return sineAt(radians, 0);
}

double cos(double radians)
{
    return sineAt(radians, 1);
}

double tan(double radians)
{
    if (!(sizeOf(radians) <= angleLimit))
        return 0;
    const Quarter quarter = quarterOf(radians);
    const Pair sine = sinOfQuarter(quarter.rest);
    const Pair cosine = cosOfQuarter(quarter.rest);
    const Pair ratio = (quarter.quadrant & 1U) != 0 ? divide({-cosine.high, -cosine.low}, sine) : divide(sine, cosine);
    return ratio.high + ratio.low;
}

double atan(double value)
{
    return atan2(value, 1.0);
}

double atan2(double y, double x)
{
    double up = sizeOf(y) <= largest ? sizeOf(y) : largest;
    double along = sizeOf(x) <= largest ? sizeOf(x) : largest;
    if (!(up > 0) && !(along > 0))
        return 0;
    // Only the quotient matters: keep the exact products of the reduction away from overflow and underflow.
    const double most = up > along ? up : along;
    const double scale = most > 0x1p500 ? 0x1p-600 : most < 0x1p-400 ? 0x1p500
                                                                     : 1.0;
    up *= scale;
    along *= scale;
    Pair angle;
    if (up <= along) {
        angle = atanOfFraction(up, along);
    } else {
        const Pair other = atanOfFraction(along, up);
        angle = add(halfPi, {-other.high, -other.low});
    }
    if (x < 0)
        angle = add(wholePi, {-angle.high, -angle.low});
    const double result = angle.high + angle.low;
    return y < 0 ? -result : result;
}

double exp(double value)
{
    return expPair({value, 0});
}

double log(double value)
{
    if (!(value > 0))
        return -largest;
    if (value > largest)
        return largest;
    const Pair result = logPair(value);
    return result.high + result.low;
}

double pow(double base, double exponent)
{
    if (exponent == 0 || base == 1)
        return 1;
    const bool whole = floor(exponent) == exponent;
    const bool odd = whole && sizeOf(exponent) < 0x1p53 && (static_cast<std::int64_t>(exponent) & 1) != 0;
    const double size = sizeOf(base);
    if (base < 0 && !whole)
        return 0;
    if (!(size > 0))
        return exponent > 0 ? 0 : largest;
    const double sign = base < 0 && odd ? -1.0 : 1.0;
    // Small whole powers exactly rounded and fast; elsewhere e^(exponent · ln base) with the logarithm in two doubles.
    if (whole && exponent > 0 && exponent <= 16 && size > 0x1p-16 && size < 0x1p16)
        return sign * wholePower(size, static_cast<std::int64_t>(exponent));
    const Pair log = logPair(size);
    const double rough = log.high * exponent;
    if (!(rough <= 710 && rough >= -746))
        return rough > 0 ? sign * largest : 0;
    return sign * expPair(multiply(log, {exponent, 0}));
}

double exp2(double value)
{
    if (value >= 1024)
        return largest;
    if (!(value >= -1076))
        return 0;
    const double whole = nearest(value);
    return scaled(expPair(multiply({value - whole, 0}, {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56})), static_cast<int>(whole));
}

double log2(double value)
{
    if (!(value > 0))
        return -largest;
    if (value > largest)
        return largest;
    const Parts parts = partsOf(value);
    const Pair fraction = multiply(logOfMantissa(parts.mantissa), {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56});
    const Pair result = add({static_cast<double>(parts.exponent), 0}, fraction);
    return result.high + result.low;
}

double cbrt(double value)
{
    const double size = sizeOf(value);
    if (!(size > 0))
        return 0;
    if (size > largest)
        return value;
    const double root = expPair(divide(logPair(size), {3, 0}));
    return value < 0 ? -root : root;
}

double floor(double value)
{
    if (!(sizeOf(value) < 0x1p52))
        return value;
    const double whole = static_cast<double>(static_cast<std::int64_t>(value));
    return whole > value ? whole - 1 : whole;
}

double fmod(double value, double modulus)
{
    const double divisor = sizeOf(modulus);
    double rest = sizeOf(value);
    if (!(divisor > 0) || !(rest <= largest))
        return 0;
    // Exact: subtract the largest power-of-two multiple that fits, again and again.
    while (rest >= divisor) {
        double multiple = divisor;
        const int distance = static_cast<int>(std::bit_cast<std::uint64_t>(rest) >> 52) - static_cast<int>(std::bit_cast<std::uint64_t>(divisor) >> 52);
        if (distance > 0 && divisor >= std::numeric_limits<double>::min())
            multiple = scaled(divisor, distance);
        else
            while (multiple <= rest * 0.5)
                multiple *= 2;
        if (multiple > rest)
            multiple *= 0.5;
        rest -= multiple;
    }
    if (rest > 0 && (value < 0) != (modulus < 0))
        rest = divisor - rest;
    return modulus < 0 ? -rest : rest;
}

} // namespace artdag::exact
