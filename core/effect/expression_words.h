// SPDX-License-Identifier: GPL-3.0-or-later
// The functions of the expression language: one table for the compiler, the evaluator, hints and the documentation.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace artdag {

struct ExpressionFunction {
    std::string_view name;
    int least; ///< number of arguments
    int most;
    double (*call)(std::span<const double> arguments);
};

/// Sorted as documented; the index is the function's code.
std::span<const ExpressionFunction> expressionFunctions();

} // namespace artdag
