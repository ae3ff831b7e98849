// SPDX-License-Identifier: GPL-3.0-or-later
// How a fade rises from 0 to 1.
#pragma once

#include "core/base/exact_math.h"

namespace artdag {

enum class FadeCurve {
    EqualPower, ///< a quarter of a sine: with its mirror image the squares add up to 1
    Linear,
    Smooth,   ///< no corners at its ends
    Decibels, ///< evenly from −60 dB, then down to nothing
};

/// `x` from 0 to 1.
inline double fadeLevel(FadeCurve curve, double x)
{
    if (x <= 0.0 || x >= 1.0)
        return x <= 0.0 ? 0.0 : 1.0;
    switch (curve) {
    case FadeCurve::EqualPower: return exact::sin(x * exact::pi / 2.0);
    case FadeCurve::Linear: return x;
    case FadeCurve::Smooth: return x * x * (3.0 - 2.0 * x);
    default: return exact::pow(10.0, 3.0 * (x - 1.0)) - 0.001 * (1.0 - x);
    }
}

} // namespace artdag
