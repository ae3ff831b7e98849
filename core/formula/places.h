// SPDX-License-Identifier: GPL-3.0-or-later
// The names that formulas of pictures share: where a pixel is, how large the picture is, what time it is, and the knobs.
#pragma once

#include "core/formula/formula.h"

namespace artdag {

inline constexpr std::string_view formulaKnobs[] = {"p1", "p2", "p3", "p4", "p5", "p6"};

/// The picture of a formula, in px of the plan.
struct FormulaCanvas {
    int width = 1, height = 1;
    double scale = 1.0; ///< px of the plan for one of the canvas
};

/// `t` and `frame` (the first two: what mentions them moves), `width`, `height` in canvas px, `aspect`, the knobs.
using PlaceValues = std::array<std::pair<std::string_view, double>, 5 + std::size(formulaKnobs)>;
PlaceValues placeValues(const FormulaCanvas& canvas, double seconds, std::int64_t frame, const std::array<double, std::size(formulaKnobs)>& knobs);
inline bool moves(const Formula& formula)
{
    return formula.mentions(0) || formula.mentions(1);
}

inline constexpr std::string_view placeNames[] = {"x", "y", "u", "v"};
inline constexpr std::uint64_t placeColumns = 0b0101, placeLines = 0b1010; ///< which of them, for FormulaTerms
/// Fills the rows of those, a formula's first inputs, for the centres of n pixels from (x, y) on. `sameColumns`: x and n are
/// what they were.
void placeRows(FormulaRows& rows, const FormulaCanvas& canvas, int x, int y, std::size_t n, bool sameColumns);

} // namespace artdag
