// SPDX-License-Identifier: GPL-3.0-or-later
// An artist's colour (display sRGB, straight alpha) as the pixels that effects compute with: linear light, premultiplied.
#pragma once

#include "core/effect/value.h"
#include "core/picture/pointwise.h"

namespace artdag {

struct LinearColour {
    float r = 0, g = 0, b = 0, a = 1; ///< r, g, b times a
};

inline LinearColour linearOf(const Colour& colour)
{
    float rgb[3] = {static_cast<float>(colour.r), static_cast<float>(colour.g), static_cast<float>(colour.b)};
    displayToLinearRow(rgb, rgb, 3);
    const auto a = static_cast<float>(colour.a);
    return {rgb[0] * a, rgb[1] * a, rgb[2] * a, a};
}

} // namespace artdag
