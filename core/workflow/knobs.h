// SPDX-License-Identifier: GPL-3.0-or-later
// What of a recipe can be varied: arguments and parameters that hold a plain value, with the range in which they are worth
// looking at. Pure; it never changes a recipe. What is animated, bound or shared is left as the artist made it.
#pragma once

#include "core/effect/catalogue.h"
#include "core/recipe/recipe.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// An argument of a node, or a parameter of the recipe (no node), written as handles are: `soft.radius`, `turn`.
struct KnobPlace {
    std::string node, argument;
    bool operator==(const KnobPlace&) const = default;
    [[nodiscard]] std::string text() const { return node.empty() ? argument : node + "." + argument; }
};
KnobPlace knobPlaceOf(std::string_view handle);

struct Knob {
    KnobPlace place;
    std::string title, unit;
    ParamKind kind = ParamKind::Real;
    double least = 0, most = 1; ///< where it is worth looking, each component; not the limits of what is allowed
    double step = 0.01;
    bool geometric = false; ///< equal ratios are equal steps: a radius of 1, 2, 4, 8
    std::vector<std::string> choices;
    Json now; ///< the literal that it holds
    bool handle = false;

    /// A wedge can go along it: it has an order, or a list.
    [[nodiscard]] bool isAxis() const;
};

/// Handles first, in their order; then everything else that feeds the first output, in document order.
std::vector<Knob> knobsOf(const Recipe& recipe, const Catalogue& effects);
/// NotFound when there is no such place; BadInput when it is animated or of a kind that cannot be varied (a text, a file).
Result<Knob> knobAt(const Recipe& recipe, const Catalogue& effects, const KnobPlace& place);
/// The recipe with another value there.
Result<Recipe> setKnob(const Recipe& recipe, const KnobPlace& place, const Json& value);

} // namespace artdag
