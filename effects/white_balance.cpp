// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/pointwise.h"

#include <array>
#include <cmath>

namespace artdag {
namespace {

using Vector = std::array<double, 3>;
using Matrix3 = std::array<Vector, 3>;

constexpr double neutral = 6500.0;
constexpr Matrix3 xyzOfRgb{{{0.4123907993, 0.3575843394, 0.1804807884}, {0.2126390059, 0.7151686788, 0.0721923154}, {0.0193308187, 0.1191947798, 0.9505321522}}}; // BT.709, D65
constexpr Matrix3 bradford{{{0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}}};

Matrix3 product(const Matrix3& a, const Matrix3& b)
{
    Matrix3 c{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            c[row][column] = a[row][0] * b[0][column] + a[row][1] * b[1][column] + a[row][2] * b[2][column];
    return c;
}

Vector product(const Matrix3& a, const Vector& v)
{
    return {a[0][0] * v[0] + a[0][1] * v[1] + a[0][2] * v[2], a[1][0] * v[0] + a[1][1] * v[1] + a[1][2] * v[2], a[2][0] * v[0] + a[2][1] * v[1] + a[2][2] * v[2]};
}

Matrix3 inverse(const Matrix3& m)
{
    auto minor = [&](std::size_t row, std::size_t column) {
        const std::size_t r0 = (row + 1) % 3, r1 = (row + 2) % 3, c0 = (column + 1) % 3, c1 = (column + 2) % 3;
        return m[r0][c0] * m[r1][c1] - m[r0][c1] * m[r1][c0]; // cyclic, so its sign is right
    };
    const double determinant = m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2);
    Matrix3 result{};
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            result[row][column] = minor(column, row) / determinant;
    return result;
}

/// A black body's colour in CIE 1960 u, v (Krystek 1985, within 1e-4 from 1000 to 15000 K).
std::array<double, 2> blackBody(double t)
{
    return {(0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) / (1.0 + 8.42420235e-4 * t + 7.08145163e-7 * t * t),
        (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) / (1.0 - 2.89741816e-5 * t + 1.61456053e-7 * t * t)};
}

/// XYZ (Y = 1) of light of a temperature; daylight lies on the green side of the black body by 0.0032, tint goes across.
Vector whiteOf(double temperature, double tint)
{
    const auto [u0, v0] = blackBody(temperature);
    const auto [u1, v1] = blackBody(temperature - 1.0); // a little redder
    const double du = u1 - u0, dv = v1 - v0, length = std::sqrt(du * du + dv * dv);
    const double across = 0.0032 + 0.05 * tint;
    const double u = u0 - dv / length * across, v = v0 + du / length * across;
    const double x = 3.0 * u / (2.0 * u - 8.0 * v + 4.0), y = 2.0 * v / (2.0 * u - 8.0 * v + 4.0);
    return {x / y, 1.0, (1.0 - x - y) / y};
}

ColourMatrix matrixOf(const FrameCall& call)
{
    const Vector from = product(bradford, whiteOf(call.args.real("temperature"), call.args.real("tint")));
    const Vector to = product(bradford, whiteOf(neutral, 0.0));
    Matrix3 adapt{};
    for (std::size_t i = 0; i < 3; ++i)
        adapt[i][i] = to[i] / from[i];
    const Matrix3 xyz = product(product(inverse(bradford), adapt), bradford);
    const Matrix3 rgb = product(product(inverse(xyzOfRgb), xyz), xyzOfRgb);
    const double luminance = product(xyzOfRgb, product(rgb, Vector{1.0, 1.0, 1.0}))[1];
    const double scale = call.args.boolean("keep_brightness") ? 1.0 / luminance : 1.0;
    ColourMatrix matrix;
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 3; ++column)
            matrix.m[row][column] = static_cast<float>(rgb[row][column] * scale);
    return matrix;
}

int passes(const FrameCall& call)
{
    return call.args.real("temperature") == neutral && call.args.real("tint") == 0.0 ? 0 : -1;
}

Works works(const FrameCall& call)
{
    return passes(call) == 0 ? Works::Either : Works::Linear;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0)
        copy(inputs[0], out);
    else
        applyMatrix(matrixOf(call), inputs[0], out);
    return {};
}

} // namespace

extern const Effect effect_white_balance;
const Effect effect_white_balance{
    .name = "white_balance",
    .title = "White balance",
    .help = "Makes white what was lit by light of this colour (Bradford adaptation to daylight, in linear light). A higher temperature gives a warmer picture, a lower one a cooler; 6500 K with no tint changes nothing.",
    .tags = {"colour", "light"},
    .synonyms = {"temperature", "tint", "kelvin", "warm", "cool", "colortemperature", "chromatic adaptation"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "temperature", .initial = neutral, .least = 2000.0, .most = 25000.0, .step = 50.0, .unit = "K", .title = "Temperature", .help = "Of the light in the scene: candle 2000, lamp 2900, daylight 6500, shade 9000"},
        {.name = "tint", .initial = 0.0, .least = -1.0, .most = 1.0, .title = "Tint", .help = "Above 0 takes green away and gives magenta, below 0 the other way"},
        {.name = "keep_brightness", .kind = ParamKind::Boolean, .initial = true, .title = "Keep brightness", .help = "Greys stay as bright as they were"},
    },
    .neutralAtDefault = true,
    .passes = passes,
    .works = works,
    .render = render,
};

} // namespace artdag
