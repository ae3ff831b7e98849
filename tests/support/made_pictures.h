// SPDX-License-Identifier: GPL-3.0-or-later
// Sources made at a size, and what is measured in them.
#pragma once

#include "core/base/random.h"
#include "core/effect/catalogue.h"
#include "core/picture/row_math.h"
#include "core/picture/swirl_field.h"
#include "tests/support/run_effect.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace artdag::test {

constexpr double pi = std::numbers::pi;

inline double toDisplay(double v)
{
    return v < 0 ? -toDisplay(-v) : v <= 0.0031308 ? 12.92 * v
                                                   : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

inline EffectRun runOf(std::string_view name, const Canvas& canvas)
{
    const CatalogueEntry* entry = builtinEffects().find(name);
    CHECK(entry != nullptr);
    return EffectRun(*entry->effect, canvas);
}

inline EffectRun runOf(std::string_view name, int width, int height, double scale = 1.0)
{
    return runOf(name, Canvas{.width = width, .height = height, .rate = {30, 1}, .scale = scale});
}

inline Picture frameOf(const EffectRun& run, std::int64_t frame = 0)
{
    auto picture = run.picture(frame);
    CHECK(picture);
    return std::move(*picture);
}

inline double toneAt(const Picture& picture, int x, int y, int plane = green)
{
    return toDisplay(picture.view().at(plane, x, y));
}

/// Y'CbCr of BT.709 in ten bits, by ITU-R BT.709-6.
inline std::array<double, 3> codesAt(const Picture& picture, int x, int y)
{
    const double r = toneAt(picture, x, y, red), g = toneAt(picture, x, y, green), b = toneAt(picture, x, y, blue);
    const double luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return {64 + 876 * luma, 512 + 896 * (b - luma) / 1.8556, 512 + 896 * (r - luma) / 1.5748};
}

inline double difference(const Picture& a, const Picture& b)
{
    double sum = 0;
    const Rect rect = a.rect();
    for (int plane = 0; plane < 4; ++plane)
        for (int y = rect.y0; y < rect.y1; ++y)
            for (int x = rect.x0; x < rect.x1; ++x)
                sum += std::abs(static_cast<double>(a.view().at(plane, x, y)) - b.view().at(plane, x, y));
    return sum / (4.0 * rect.width() * rect.height());
}

const Gradient blackToWhite{{0.0, {0, 0, 0, 1}}, {1.0, {1, 1, 1, 1}}};
constexpr Colour black{0, 0, 0, 1};

/// Light by which pixels of a picture weigh, and its centre.
struct Mass {
    double all = 0, x = 0, y = 0;
};
Mass massOf(const Picture& picture)
{
    Mass mass;
    const Rect rect = picture.rect();
    for (int y = rect.y0; y < rect.y1; ++y)
        for (int x = rect.x0; x < rect.x1; ++x) {
            const double light = picture.view().at(green, x, y);
            mass.all += light;
            mass.x += light * (x + 0.5);
            mass.y += light * (y + 0.5);
        }
    mass.x /= mass.all;
    mass.y /= mass.all;
    return mass;
}

} // namespace artdag::test
