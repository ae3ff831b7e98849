// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula_code.h"

#include "core/picture/rows.h"

#include <algorithm>
#include <bit>

namespace artdag {

int argumentsOf(FormulaOperation operation)
{
    using enum FormulaOperation;
    switch (operation) {
    case Not:
    case Absolute:
    case Floor:
    case SquareRoot:
    case Sine:
    case Cosine:
    case Exponential2:
    case Logarithm2: return 1;
    case Select:
    case Noise:
    case FlatNoise:
    case LineNoise:
    case Hash: return 3;
    default: return 2;
    }
}

FormulaCode::Number FormulaCode::add(Value value)
{
    m_values.push_back(value);
    return m_inputs + static_cast<Number>(m_values.size()) - 1;
}

FormulaCode::Number FormulaCode::constant(double value)
{
    const auto [at, isNew] = m_constants.emplace(std::bit_cast<std::uint64_t>(value), 0);
    if (isNew)
        at->second = add({.constant = value});
    return at->second;
}

std::optional<double> FormulaCode::valueOf(Number number) const
{
    return number < m_inputs ? std::nullopt : m_values[static_cast<std::size_t>(number - m_inputs)].constant;
}

FormulaCode::Number FormulaCode::operation(FormulaOperation operation, Number a, Number b, Number c)
{
    const std::array arguments{a, b, c};
    const int takes = argumentsOf(operation);
    double values[3] = {}, result = 0;
    bool constants = true;
    for (int i = 0; i < takes; ++i) {
        const auto value = valueOf(arguments[static_cast<std::size_t>(i)]);
        constants = constants && value.has_value();
        values[i] = value.value_or(0);
    }
    if (constants) { // by the same code that works on rows
        rowKernels().formula(operation, &values[0], &values[1], &values[2], &result, 1);
        return constant(result);
    }
    const auto [at, isNew] = m_known.emplace(std::tuple{static_cast<int>(operation), -1, a, takes > 1 ? b : 0, takes > 2 ? c : 0}, 0);
    if (isNew)
        at->second = add({{}, operation, -1, arguments, takes});
    return at->second;
}

FormulaCode::Number FormulaCode::sample(int plane, Number u, Number v)
{
    const auto [at, isNew] = m_known.emplace(std::tuple{-1, plane, u, v, 0}, 0);
    if (isNew)
        at->second = add({{}, {}, plane, {u, v, 0}, 2});
    return at->second;
}

/// What the result needs, with rows that are used again when what was in them is not.
Formula FormulaCode::assembled(const std::vector<Number>& results) const
{
    const auto& values = m_values;
    const int inputs = m_inputs;
    std::vector<int> lastUse(values.size(), -1);
    Formula formula;
    const auto use = [&](Number number, int by) {
        if (number < inputs)
            formula.m_used |= std::uint64_t{1} << number;
        else
            lastUse[static_cast<std::size_t>(number - inputs)] = std::max(lastUse[static_cast<std::size_t>(number - inputs)], by);
    };
    const auto end = static_cast<int>(values.size());
    for (const Number result : results)
        use(result, end);
    for (int i = end - 1; i >= 0; --i)
        for (int k = 0; lastUse[static_cast<std::size_t>(i)] >= 0 && k < values[static_cast<std::size_t>(i)].takes; ++k)
            use(values[static_cast<std::size_t>(i)].arguments[static_cast<std::size_t>(k)], i);
    std::vector<int> rowOf(values.size(), -1), free;
    formula.m_inputs = inputs;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (lastUse[i] >= 0 && values[i].constant) {
            rowOf[i] = inputs + static_cast<int>(formula.m_constants.size());
            formula.m_constants.push_back(*values[i].constant);
        }
    formula.m_rows = inputs + static_cast<int>(formula.m_constants.size());
    const auto rowFor = [&](Number number) { return number < inputs ? number : rowOf[static_cast<std::size_t>(number - inputs)]; };
    for (int i = 0; i < end; ++i) {
        const Value& value = values[static_cast<std::size_t>(i)];
        if (lastUse[static_cast<std::size_t>(i)] < 0 || value.constant)
            continue;
        Formula::Step step{value.operation, value.plane, {}, 0};
        for (int k = 0; k < 3; ++k)
            step.arguments[static_cast<std::size_t>(k)] = k < value.takes ? rowFor(value.arguments[static_cast<std::size_t>(k)]) : 0;
        // An argument's row may take the result: operations go number by number.
        for (int k = 0; k < value.takes; ++k)
            release(value.arguments[static_cast<std::size_t>(k)], i, k, value, lastUse, rowOf, free);
        if (free.empty())
            free.push_back(formula.m_rows++);
        step.row = rowOf[static_cast<std::size_t>(i)] = free.back();
        free.pop_back();
        formula.m_samples = formula.m_samples || value.plane >= 0;
        formula.m_steps.push_back(step);
    }
    for (const Number result : results)
        formula.m_results.push_back(rowFor(result));
    return formula;
}

/// Gives the row of an argument back whose last use is step `by`, once if the step takes it twice.
void FormulaCode::release(Number number, int by, int place, const Value& value, const std::vector<int>& lastUse, const std::vector<int>& rowOf, std::vector<int>& free) const
{
    const int index = number - m_inputs;
    if (index < 0 || lastUse[static_cast<std::size_t>(index)] != by || m_values[static_cast<std::size_t>(index)].constant)
        return;
    for (int earlier = 0; earlier < place; ++earlier)
        if (value.arguments[static_cast<std::size_t>(earlier)] == number)
            return;
    free.push_back(rowOf[static_cast<std::size_t>(index)]);
}

} // namespace artdag
