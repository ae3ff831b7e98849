// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and vectors of a formula, and the functions that it has of them, made of operations. For formula.cpp.
#pragma once

#include "core/formula/formula_code.h"

#include <utility>

namespace artdag {

/// One to four numbers.
struct FormulaTerm {
    int size = 1;
    std::array<FormulaCode::Number, 4> at{};
};

class FormulaMath {
public:
    using Term = FormulaTerm;
    using Number = FormulaCode::Number;

    FormulaMath(int inputs, bool samples)
        : m_code(inputs),
          m_samples(samples)
    {
    }
    [[nodiscard]] const FormulaCode& code() const { return m_code; }

    Term term(double value) { return {1, {m_code.constant(value)}}; }
    /// Number by number.
    Term map(const Term& value, FormulaOperation operation);
    /// Number by number; one number goes with each of a vector. Faults name the column.
    Result<Term> combined(FormulaOperation operation, const Term& a, const Term& b, int column);
    Result<Term> selected(const Term& which, const Term& yes, const Term& no, int column);
    Result<Term> raised(const Term& base, const Term& exponent, int column);
    /// A function by its name.
    Result<Term> applied(std::string_view name, int column, const std::vector<Term>& arguments);

private:
    Result<Term> ofEach(std::string_view name, int column, const std::vector<Term>& a);
    Result<Term> geometric(std::string_view name, int column, const std::vector<Term>& a);
    Result<Term> vector(std::string_view name, int column, const std::vector<Term>& a);
    Result<Term> hsv(const std::vector<Term>& a, int column);
    Result<Term> lattice(std::string_view name, int column, const std::vector<Term>& a);
    Result<Term> sampled(int column, const std::vector<Term>& a);
    Number times(Number a, Number b) { return m_code.operation(FormulaOperation::Multiply, a, b); }
    template <class Use>
    Result<Term> each(const Term& a, const Term& b, int column, Use&& use);
    Result<Term> mixed(const Term& a, const Term& b, const Term& t, int column);
    Result<Term> held(const Term& value, int column);
    Result<Term> dot(const Term& a, const Term& b, int column);

    FormulaCode m_code;
    bool m_samples;
};

bool isFormulaFunction(std::string_view name);
std::vector<std::string_view> formulaFunctions();

} // namespace artdag
