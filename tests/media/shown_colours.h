// SPDX-License-Identifier: GPL-3.0-or-later
// What a decoded picture looks like at a place, whatever its samples are: sRGB bytes as a screen shows them, and coverage.
#pragma once

#include "core/picture/picture.h"

#include <QtTest>

#include <array>
#include <cstdlib>

namespace artdag::testing {

struct Shown {
    std::array<int, 3> rgb{};
    float alpha = 0;
};

inline Shown shownAt(const CodedPicture& coded, int x, int y)
{
    Picture pixel(Rect{x, y, x + 1, y + 1});
    decodeToLinear(coded, pixel.view());
    std::array<std::uint8_t, 4> rgba{};
    toDisplayRgba(std::as_const(pixel).view(), rgba.data(), 4);
    return {{rgba[0], rgba[1], rgba[2]}, pixel.view().at(alpha, x, y)};
}

inline QString wordsOf(const Shown& shown)
{
    return QString("%1 %2 %3 alpha %4").arg(shown.rgb[0]).arg(shown.rgb[1]).arg(shown.rgb[2]).arg(static_cast<double>(shown.alpha));
}

inline bool isNear(const Shown& shown, std::array<int, 3> wanted, int tolerance)
{
    for (std::size_t i = 0; i < 3; ++i)
        if (std::abs(shown.rgb[i] - wanted[i]) > tolerance)
            return false;
    return true;
}

} // namespace artdag::testing
