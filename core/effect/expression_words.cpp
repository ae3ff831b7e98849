// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/expression_words.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/expression.h"

#include <bit>
#include <cmath>

namespace artdag {

namespace {

using Args = std::span<const double>;
constexpr int many = 16;
constexpr double exactWholes = 9007199254740992.0; // 2^53
constexpr std::uint64_t noiseSeed = 0x61727464616701U;

double smooth(double u)
{
    return u * u * (3.0 - 2.0 * u);
}

double lattice(std::int64_t x, std::int64_t y)
{
    return randomUnit(noiseSeed, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)) * 2.0 - 1.0;
}

double mix(double a, double b, double u)
{
    return a + (b - a) * u;
}

double clamp(double x, double least, double most)
{
    return x < least ? least : x > most ? most
                                        : x;
}

double smoothStep(double from, double to, double x)
{
    if (from == to)
        return x < from ? 0.0 : 1.0;
    return smooth(clamp((x - from) / (to - from), 0.0, 1.0));
}

double arcSine(double x)
{
    const double inside = clamp(x, -1.0, 1.0);
    return exact::atan2(inside, std::sqrt(1.0 - inside * inside));
}

double hash(double x)
{
    return randomUnit(noiseSeed + 1, std::bit_cast<std::uint64_t>(x == 0.0 ? 0.0 : x));
}

double least(Args a)
{
    double out = a[0];
    for (const double x : a)
        out = x < out ? x : out;
    return out;
}

double greatest(Args a)
{
    double out = a[0];
    for (const double x : a)
        out = x > out ? x : out;
    return out;
}

constexpr ExpressionFunction functions[] = {
    {"sin", 1, 1, [](Args a) { return exact::sin(a[0]); }},
    {"cos", 1, 1, [](Args a) { return exact::cos(a[0]); }},
    {"tan", 1, 1, [](Args a) { return exact::tan(a[0]); }},
    {"asin", 1, 1, [](Args a) { return arcSine(a[0]); }},
    {"acos", 1, 1, [](Args a) { return exact::pi / 2.0 - arcSine(a[0]); }},
    {"atan", 1, 1, [](Args a) { return exact::atan(a[0]); }},
    {"atan2", 2, 2, [](Args a) { return exact::atan2(a[0], a[1]); }},
    {"radians", 1, 1, [](Args a) { return a[0] * exact::pi / 180.0; }},
    {"degrees", 1, 1, [](Args a) { return a[0] * 180.0 / exact::pi; }},
    {"sqrt", 1, 1, [](Args a) { return a[0] < 0.0 ? 0.0 : std::sqrt(a[0]); }},
    {"pow", 2, 2, [](Args a) { return exact::pow(a[0], a[1]); }},
    {"exp", 1, 1, [](Args a) { return exact::exp(a[0]); }},
    {"log", 1, 1, [](Args a) { return a[0] <= 0.0 ? 0.0 : exact::log(a[0]); }},
    {"abs", 1, 1, [](Args a) { return std::fabs(a[0]); }},
    {"sign", 1, 1, [](Args a) { return a[0] > 0.0 ? 1.0 : a[0] < 0.0 ? -1.0
                                                                     : 0.0; }},
    {"floor", 1, 1, [](Args a) { return std::floor(a[0]); }},
    {"ceil", 1, 1, [](Args a) { return std::ceil(a[0]); }},
    {"round", 1, 1, [](Args a) { return std::floor(a[0] + 0.5); }},
    {"fract", 1, 1, [](Args a) { return a[0] - std::floor(a[0]); }},
    {"mod", 2, 2, [](Args a) { return exact::fmod(a[0], a[1]); }},
    {"min", 2, many, least},
    {"max", 2, many, greatest},
    {"clamp", 3, 3, [](Args a) { return clamp(a[0], a[1], a[2]); }},
    {"mix", 3, 3, [](Args a) { return mix(a[0], a[1], a[2]); }},
    {"step", 2, 2, [](Args a) { return a[1] < a[0] ? 0.0 : 1.0; }},
    {"smoothstep", 3, 3, [](Args a) { return smoothStep(a[0], a[1], a[2]); }},
    {"if", 3, 3, [](Args a) { return a[0] != 0.0 ? a[1] : a[2]; }},
    {"noise", 1, 2, [](Args a) { return a.size() == 1 ? valueNoise(a[0]) : valueNoise(a[0], a[1]); }},
    {"hash", 1, 1, [](Args a) { return hash(a[0]); }},
};

} // namespace

std::span<const ExpressionFunction> expressionFunctions()
{
    return functions;
}

double valueNoise(double x)
{
    return valueNoise(x, 0.0);
}

double valueNoise(double x, double y)
{
    if (!(std::fabs(x) < exactWholes && std::fabs(y) < exactWholes))
        return 0.0;
    const double left = std::floor(x), top = std::floor(y);
    const double u = smooth(x - left), v = smooth(y - top);
    const auto i = static_cast<std::int64_t>(left), j = static_cast<std::int64_t>(top);
    const double above = mix(lattice(i, j), lattice(i + 1, j), u);
    const double below = mix(lattice(i, j + 1), lattice(i + 1, j + 1), u);
    return mix(above, below, v);
}

} // namespace artdag
