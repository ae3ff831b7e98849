// SPDX-License-Identifier: GPL-3.0-or-later
// Keyframes of an argument as an editor moves them: `{"keys": [[time, value, ease], …]}` read, changed and written again. Pure.
#pragma once

#include "core/base/time.h"
#include "core/recipe/recipe.h"

#include <QString>

#include <vector>

namespace artdag {

struct CurveKey {
    double time = 0; ///< seconds
    Json value;      ///< a literal of the parameter's kind
    Json ease;       ///< as written; null: linear
};

/// In the order of time; empty for what is not keys.
std::vector<CurveKey> keysOf(const Json& argument, Rate rate);
/// Sorted; of two at one time the later in the list stays.
Json argumentOfKeys(std::vector<CurveKey> keys);
/// With a key at the frame of this time, which takes the place of one that is there.
std::vector<CurveKey> withKey(std::vector<CurveKey> keys, double time, Json value, Rate rate);

/// The numbers of a literal: one of a number, two of a point; none of what cannot be drawn as a curve.
std::vector<double> numbersOf(const Json& literal);
Json withNumber(Json literal, std::size_t component, double number);
/// Component values at an instant, by the rules of core/graph/keyframes.
std::vector<double> numbersAt(const std::vector<CurveKey>& keys, double time);

/// hold, linear, smooth, then one that starts and ends softly (a Bézier), then hold again.
Json nextEase(const Json& ease);
QString easeName(const Json& ease);

} // namespace artdag
