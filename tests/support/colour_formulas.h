// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of all tones, and colour formulas in double precision, for tests of the colour effects.
#pragma once

#include "core/effect/catalogue.h"
#include "core/picture/cube_lut.h"
#include "tests/support/run_effect.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

namespace artdag::test {

using Rgb = std::array<double, 3>;
using Settings = std::map<std::string, Value>;
using Formula = std::function<Rgb(const Rgb&)>;

constexpr int width = 90, height = 60;

inline double toDisplay(double v)
{
    return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}
inline double toLinear(double v)
{
    return v < 0 ? -toLinear(-v) : v <= 0.04045 ? v / 12.92
                                                : std::pow((v + 0.055) / 1.055, 2.4);
}
inline double bend(double v, double exponent)
{
    return v < 0 ? -std::pow(-v, exponent) : std::pow(v, exponent);
}
inline double luma(const Rgb& c)
{
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}
inline double most(const Rgb& c)
{
    return *std::ranges::max_element(c);
}
inline double least(const Rgb& c)
{
    return *std::ranges::min_element(c);
}
inline Rgb each(const Rgb& c, const std::function<double(double)>& change)
{
    return {change(c[0]), change(c[1]), change(c[2])};
}
inline Rgb mixed(const Rgb& a, const Rgb& b, double t)
{
    return {a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t};
}
inline Value chosen(std::int64_t index)
{
    return index;
}

inline EffectRun runOf(const char* name, const Settings& settings)
{
    const CatalogueEntry* entry = builtinEffects().find(name);
    CHECK(entry != nullptr);
    EffectRun run(*entry->effect, {.width = width, .height = height});
    run.connect("picture", testPicture(width, height));
    for (const auto& [param, value] : settings)
        run.set(param, value);
    return run;
}

/// The straight colours of the test picture's frame 3 in a space, and their alpha.
inline Rgb inputAt(const Picture& in, int x, int y, bool linear)
{
    const double a = in.view().at(alpha, x, y);
    Rgb colour{};
    for (int plane = 0; plane < 3 && a > 0; ++plane) {
        const double v = in.view().at(plane, x, y) / a;
        colour[static_cast<std::size_t>(plane)] = linear ? v : toDisplay(v);
    }
    return colour;
}

struct Wrong {
    int pixels = 0;
    QString first;
};

/// Pixels that differ by more than `tolerance` in display values from what the formula says.
Wrong compare(const EffectRun& run, const Formula& formula, bool linear, double tolerance = 2e-4)
{
    Wrong wrong;
    const auto out = run.picture(3);
    CHECK(out);
    const Picture in = testPicture(width, height).picture(3, {0, 0, width, height});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double a = in.view().at(alpha, x, y);
            const Rgb wanted = formula(inputAt(in, x, y, linear));
            for (int plane = 0; plane < 3; ++plane) {
                const double straight = linear ? wanted[static_cast<std::size_t>(plane)] : toLinear(wanted[static_cast<std::size_t>(plane)]);
                const double got = out->view().at(plane, x, y), expected = a * straight;
                if (out->view().at(alpha, x, y) == in.view().at(alpha, x, y) && std::fabs(got - expected) <= tolerance * (1 + std::fabs(expected)))
                    continue;
                if (wrong.pixels++ == 0)
                    wrong.first = QString("%1,%2 plane %3: %4 instead of %5").arg(x).arg(y).arg(plane).arg(got).arg(expected);
            }
        }
    return wrong;
}

struct Case {
    const char* effect;
    const char* name;
    Settings settings;
    Formula formula;
};

inline Rgb fromMatrix(const Rgb& c, const double (&m)[3][4])
{
    Rgb out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * c[0] + m[i][1] * c[1] + m[i][2] * c[2] + m[i][3];
    return out;
}

inline double posterized(double v, int levels)
{
    return std::min(std::floor(std::clamp(v, 0.0, 1.0) * levels), levels - 1.0) / (levels - 1);
}

inline double levelled(double v)
{
    return 0.05 + 0.85 * bend((v - 0.1) / 0.7, 1 / 1.3);
}

const std::vector<Case>& pointwise()
{
    static const std::vector<Case> cases = {
        {"saturation", "more", {{"amount", 0.8}}, [](const Rgb& c) { const double grey = luma(c); return each(c, [&](double v) { return grey + (v - grey) * 1.8; }); }},
        {"saturation", "less, bt601", {{"amount", -0.4}, {"weights", chosen(1)}}, [](const Rgb& c) { const double grey = 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]; return each(c, [&](double v) { return grey + (v - grey) * 0.6; }); }},
        {"gamma", "lighter", {{"gamma", 1.7}, {"red", 0.8}}, [](const Rgb& c) { return Rgb{bend(c[0], 1 / 1.36), bend(c[1], 1 / 1.7), bend(c[2], 1 / 1.7)}; }},
        {"gamma", "much darker", {{"gamma", 0.15}}, [](const Rgb& c) { return each(c, [](double v) { return bend(v, 1 / 0.15); }); }},
        {"levels", "all", {{"in_black", 0.1}, {"in_white", 0.8}, {"gamma", 1.3}, {"out_black", 0.05}, {"out_white", 0.9}}, [](const Rgb& c) { return each(c, levelled); }},
        {"levels", "green", {{"in_black", 0.1}, {"in_white", 0.8}, {"gamma", 1.3}, {"out_black", 0.05}, {"out_white", 0.9}, {"channel", chosen(2)}}, [](const Rgb& c) { return Rgb{c[0], levelled(c[1]), c[2]}; }},
        {"levels", "clamped", {{"in_black", 0.4}, {"in_white", 0.6}, {"clamp", true}}, [](const Rgb& c) { return each(c, [](double v) { return std::clamp((v - 0.4) / 0.2, 0.0, 1.0); }); }},
        {"lift_gamma_gain", "all", {{"lift", 0.05}, {"lift_colour", Colour{1, 0, 0, 1}}, {"gain", 1.2}, {"gamma", 1.4}, {"offset", -0.02}},
            [](const Rgb& c) { return Rgb{bend(c[0] * (1.2 - 1.05) + 1.03, 1 / 1.4), bend(c[1] * 1.15 + 0.03, 1 / 1.4), bend(c[2] * 1.15 + 0.03, 1 / 1.4)}; }},
        {"channel_mixer", "rows", {{"red_red", 0.2}, {"red_blue", 0.7}, {"green_red", -0.3}, {"blue_green", 0.4}, {"blue_constant", 0.1}},
            [](const Rgb& c) { return fromMatrix(c, {{0.2, 0, 0.7, 0}, {-0.3, 1, 0, 0}, {0, 0.4, 1, 0.1}}); }},
        {"channel_mixer", "monochrome", {{"red_red", 0.2}, {"red_green", 0.7}, {"blue_green", 0.4}, {"monochrome", true}}, [](const Rgb& c) { return fromMatrix(c, {{0.2, 0.7, 0, 0}, {0.2, 0.7, 0, 0}, {0.2, 0.7, 0, 0}}); }},
        {"invert", "all", {}, [](const Rgb& c) { return each(c, [](double v) { return 1 - v; }); }},
        {"invert", "half of blue", {{"channels", chosen(3)}, {"amount", 0.5}}, [](const Rgb& c) { return Rgb{c[0], c[1], 0.5}; }},
        {"invert", "lightness", {{"channels", chosen(4)}}, [](const Rgb& c) { return each(c, [&](double v) { return v + 1 - most(c) - least(c); }); }},
        {"grayscale", "bt709", {}, [](const Rgb& c) { return each(c, [&](double) { return luma(c); }); }},
        {"grayscale", "average, partly", {{"method", chosen(2)}, {"amount", 0.7}}, [](const Rgb& c) { return each(c, [&](double v) { return 0.3 * v + 0.7 * (c[0] + c[1] + c[2]) / 3; }); }},
        {"grayscale", "lightness", {{"method", chosen(3)}}, [](const Rgb& c) { return each(c, [&](double) { return (most(c) + least(c)) / 2; }); }},
        {"grayscale", "brightest", {{"method", chosen(4)}}, [](const Rgb& c) { return each(c, [&](double) { return most(c); }); }},
        {"grayscale", "custom", {{"method", chosen(5)}, {"red", 0.9}, {"green", -0.2}, {"blue", 0.3}}, [](const Rgb& c) { return each(c, [&](double) { return 0.9 * c[0] - 0.2 * c[1] + 0.3 * c[2]; }); }},
        {"sepia", "as the W3C says", {}, [](const Rgb& c) { return fromMatrix(c, {{0.393, 0.769, 0.189, 0}, {0.349, 0.686, 0.168, 0}, {0.272, 0.534, 0.131, 0}}); }},
        {"vibrance", "more", {{"amount", 0.9}}, [](const Rgb& c) { const double dull = most(c) > 0 ? least(c) / most(c) : 1; return each(c, [&](double v) { return v + (v - luma(c)) * 0.9 * dull; }); }},
        {"duotone", "two inks", {{"dark", Colour{0, 0, 1, 1}}, {"light", Colour{1, 1, 0, 1}}, {"balance", 0.5}}, [](const Rgb& c) { const double t = std::sqrt(std::clamp(luma(c), 0.0, 1.0)); return Rgb{t, t, 1 - t}; }},
        {"duotone", "a thin ink", {{"dark", Colour{0, 0, 0, 0}}, {"light", Colour{1, 0, 0, 1}}}, [](const Rgb& c) { const double t = std::clamp(luma(c), 0.0, 1.0); return mixed(c, {t, 0, 0}, t); }},
        {"posterize", "brightness is kept in steps", {{"levels", chosen(4)}, {"mode", chosen(1)}}, [](const Rgb& c) { const double l = luma(c); return each(c, [&](double v) { return l > 1e-6 ? v * posterized(l, 4) / l : 0.0; }); }},
        {"tint", "colourize", {{"colour", Colour{1, 1, 0, 1}}, {"mode", chosen(1)}, {"amount", 1.0}}, [](const Rgb& c) { const double v = luma(c) / 0.9278; return Rgb{v, v, 0}; }},
        {"tint", "filter", {{"colour", Colour{1, 0, 1, 1}}, {"keep_brightness", false}, {"amount", 0.5}}, [](const Rgb& c) { return Rgb{c[0], 0.5 * c[1], c[2]}; }},
        {"curves", "corners", {{"form", chosen(2)}, {"green", CurvePoints{{0, 0.1}, {0.5, 0.8}, {1, 1}}}, {"master", CurvePoints{{0, 1}, {1, 0}}}},
            [](const Rgb& c) { return Rgb{1 - c[0], 1 - (c[1] < 0.5 ? 0.1 + 1.4 * c[1] : 0.8 + 0.4 * (c[1] - 0.5)), 1 - c[2]}; }},
    };
    return cases;
}

/// Least and most of what an effect gives where there is alpha, in display values of straight colour.
inline std::pair<double, double> tonesOf(const EffectRun& run, int plane)
{
    const auto out = run.picture(3);
    CHECK(out);
    double low = 1e9, high = -1e9;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            if (const double a = out->view().at(alpha, x, y); a > 0) {
                low = std::min(low, toDisplay(out->view().at(plane, x, y) / a));
                high = std::max(high, toDisplay(out->view().at(plane, x, y) / a));
            }
    return {low, high};
}

/// A picture of one opaque colour, linear.
inline Picture onePixel(const char* effect, const Settings& settings, const Rgb& linear)
{
    const CatalogueEntry* entry = builtinEffects().find(effect);
    CHECK(entry != nullptr);
    EffectRun run(*entry->effect, {.width = 1, .height = 1});
    TestStream stream{{PortType::Picture, 1, 1, 1}};
    stream.picture = [=](std::int64_t, Rect part) {
        Picture picture(part);
        for (int plane = 0; plane < 4; ++plane)
            picture.view().at(plane, 0, 0) = plane == alpha ? 1.0F : static_cast<float>(linear[static_cast<std::size_t>(plane)]);
        return picture;
    };
    run.connect("picture", stream);
    for (const auto& [param, value] : settings)
        run.set(param, value);
    auto out = run.picture(0);
    CHECK(out);
    return std::move(*out);
}

inline double curveAt(const CurvePoints& points, std::int64_t form, double tone)
{
    const Picture out = onePixel("curves", {{"master", points}, {"form", chosen(form)}, {"space", chosen(1)}}, {tone, 0, 0});
    return out.view().at(red, 0, 0);
}

inline Result<CubeLut> cubeOf(const std::string& text)
{
    return readCube(bytesOf(text));
}

inline std::string lattice(int size, const Formula& formula)
{
    std::string text = "TITLE \"made by code\"\n# a comment\nLUT_3D_SIZE " + std::to_string(size) + "\n\n";
    for (int b = 0; b < size; ++b)
        for (int g = 0; g < size; ++g)
            for (int r = 0; r < size; ++r) {
                const double last = size - 1;
                for (const double v : formula({r / last, g / last, b / last}))
                    text += std::to_string(v) + " ";
                text += "\r\n";
            }
    return text;
}

} // namespace artdag::test
