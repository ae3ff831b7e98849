// SPDX-License-Identifier: GPL-3.0-or-later
// The language of `{"expr": "…"}`: arithmetic over doubles, compiled once, the same bits on every machine. It is total:
// every expression that compiles has a finite value at every instant. It never reads anything but its names.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

/// The names an expression may use beside `t`, `frame`, `pi`, `tau` and `e`: recipe parameters with their values.
using ExpressionNames = std::vector<std::pair<std::string, double>>;
/// More names, whose values are given each time.
using ExpressionVariables = std::span<const std::string_view>;

struct ExpressionFault {
    int column = 0; ///< 1-based, in characters of the expression
    std::string message;
    std::string hint;
};

class Expression {
public:
    /// `t` in seconds; `variables` as many as it was compiled with. An operation whose result is not finite gives 0
    /// (docs/formats/recipe.md, "Expressions").
    [[nodiscard]] double at(double t, double frame, std::span<const double> variables = {}) const;
    /// Whether it uses `t`, `frame` or a variable; if not, its value never changes.
    [[nodiscard]] bool moves() const { return m_moves; }

private:
    friend class ExpressionCompiler;
    struct Step {
        std::uint8_t code = 0;
        std::uint8_t arguments = 0;
        double number = 0;
    };
    std::vector<Step> m_steps; ///< postfix
    bool m_moves = false;
};

struct CompiledExpression {
    Expression expression;
    std::vector<ExpressionFault> faults; ///< empty when it compiled; otherwise the first fault
};
CompiledExpression compileExpression(std::string_view text, const ExpressionNames& names, ExpressionVariables variables = {});

/// Smooth value noise in [−1, 1) with one lattice value for each whole number, and two of them for a plane.
double valueNoise(double x);
double valueNoise(double x, double y);

} // namespace artdag
