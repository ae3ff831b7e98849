// SPDX-License-Identifier: GPL-3.0-or-later
// Operations in the making: what is constant is worked out at once, what was worked out before is used again, and what no
// result needs is left out. For formula.cpp.
#pragma once

#include "core/formula/formula.h"

#include <map>
#include <optional>
#include <tuple>

namespace artdag {

class FormulaCode {
public:
    explicit FormulaCode(int inputs)
        : m_inputs(inputs) {}

    /// A place where a number is: an input (0 …), a constant or a step's.
    using Number = int;
    [[nodiscard]] Number input(std::size_t index) const { return static_cast<Number>(index); }
    Number constant(double value);
    /// Arguments that the operation does not take are 0.
    Number operation(FormulaOperation operation, Number a, Number b = 0, Number c = 0);
    Number sample(int plane, Number u, Number v);
    [[nodiscard]] std::optional<double> valueOf(Number number) const;
    [[nodiscard]] std::size_t size() const { return m_values.size(); }

    /// What the results need, in rows that are used again when what was in them is not. `terms`: those of the inputs.
    [[nodiscard]] Formula assembled(const std::vector<Number>& results, const FormulaTerms& terms) const;

private:
    struct Value {
        std::optional<double> constant;
        FormulaOperation operation{};
        int plane = -1;
        std::array<Number, 3> arguments{};
        int takes = 0; ///< how many of them
    };
    class Assembly;
    Number add(Value value);

    int m_inputs;
    std::vector<Value> m_values;
    std::map<std::uint64_t, Number> m_constants;                            ///< by bits
    std::map<std::tuple<int, int, Number, Number, Number>, Number> m_known; ///< by operation, plane and arguments
};

/// How many arguments an operation takes.
int argumentsOf(FormulaOperation operation);

} // namespace artdag
