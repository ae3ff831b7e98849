// SPDX-License-Identifier: GPL-3.0-or-later
// The value of one argument at one instant, and the kinds of parameters that take values.
#pragma once

#include "core/base/digest.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace artdag {

/// Straight alpha, display sRGB, each 0–1 (as an artist writes `#rrggbbaa`). Effects turn it into linear light.
struct Colour {
    double r = 0, g = 0, b = 0, a = 1;
    bool operator==(const Colour&) const = default;
};
struct Vec2 {
    double x = 0, y = 0;
    bool operator==(const Vec2&) const = default;
};
/// An instant or a length of time.
struct Moment {
    Flicks flicks = 0;
    bool operator==(const Moment&) const = default;
};
struct GradientStop {
    double position = 0; ///< 0–1
    Colour colour;
    bool operator==(const GradientStop&) const = default;
};
using Gradient = std::vector<GradientStop>; ///< sorted by position
using CurvePoints = std::vector<Vec2>;      ///< sorted by x

/// double: real, angle (degrees) · int64: integer, seed, choice (its index) · string: text, formula · Vec2: point, size ·
/// Moment: time · ContentId: file, font.
using Value = std::variant<double, std::int64_t, bool, std::string, Colour, Vec2, Moment, Gradient, CurvePoints, ContentId>;

enum class ParamKind {
    Real,
    Integer,
    Boolean,
    Choice,
    Text,
    Colour,
    Point,
    Size,
    Angle,
    Time,
    File,
    Font,
    Curve,
    Gradient,
    Seed,
    Formula,
};
const char* nameOf(ParamKind kind); ///< `real`, `integer`, …

/// Writes a value into a key's preimage: its alternative's index (u16), then its bytes in one defined form.
void addValue(Hasher& hasher, const Value& value);
/// The numbers an animated value consists of (1 for a real, 4 for a colour, 2 for a point); empty where it cannot be animated.
std::vector<double> componentsOf(const Value& value);
/// The inverse of componentsOf, for a value like `pattern`.
Value valueOfComponents(const Value& pattern, const std::vector<double>& components);

} // namespace artdag
