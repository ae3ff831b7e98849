// SPDX-License-Identifier: GPL-3.0-or-later
// What formulas are made of, each a function of up to three numbers: for core/formula and its kernel.
#pragma once

namespace artdag {

enum class FormulaOperation {
    Add,
    Subtract,
    Multiply,
    Divide, ///< by 0: 0
    Modulo, ///< floored: the sign of the divisor; by 0: 0
    Minimum,
    Maximum,
    Power,     ///< of a negative base to an exponent that is not whole: 0
    Direction, ///< atan2(y, x), (−π, π]; 0 for no direction
    Less,      ///< truths are 1 and 0
    LessOrEqual,
    Equal,
    And,
    Or,
    Select, ///< a ≠ 0 ? b : c
    Not,
    Absolute,
    Floor,
    SquareRoot, ///< of what is below 0: 0
    Sine,
    Cosine,
    Exponential2,
    Logarithm2, ///< of what is not above 1e-300: that of 1e-300
    Noise,      ///< smooth, in [−1, 1), a value of its own at each whole (a, b, c)
    FlatNoise,  ///< the same where c is a whole number
    LineNoise,  ///< the same where b and c are
    Hash,       ///< [0, 1), of the whole numbers below a, b, c
};

} // namespace artdag
