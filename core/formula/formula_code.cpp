// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula_code.h"

#include "core/picture/rows.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <span>

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

namespace {

/// How often a step is run: once for a block of columns, once for a row, or for each pixel.
enum Part {
    OfColumns,
    OfLines,
    OfPixels,
};

} // namespace

/// Steps in the making: which there are, in which order, and the rows they write.
class FormulaCode::Assembly {
public:
    Assembly(const FormulaCode& code, const FormulaTerms& terms)
        : m_code(code),
          m_terms(terms),
          m_items(code.m_values.size())
    {
    }
    Formula made(const std::vector<Number>& results);

private:
    struct Item {
        bool isNeeded = false;
        Part part = OfPixels;
        int lastUse = -1; ///< among the steps in their order
        int row = -1;
    };
    [[nodiscard]] std::size_t itemOf(Number number) const { return static_cast<std::size_t>(number - m_code.m_inputs); }
    [[nodiscard]] std::span<const Number> argumentsOf(std::size_t item) const { return std::span(m_code.m_values[item].arguments).first(static_cast<std::size_t>(m_code.m_values[item].takes)); }
    [[nodiscard]] int rowOf(Number number) const { return number < m_code.m_inputs ? number : m_items[itemOf(number)].row; }
    void need(Number number);
    void findParts();
    void order();
    void use(Number number, int step);
    void release(std::span<const Number> arguments, int step);
    void append(int step);

    const FormulaCode& m_code;
    const FormulaTerms& m_terms;
    std::vector<Item> m_items;        ///< of FormulaCode::m_values
    std::vector<std::size_t> m_order; ///< of steps
    std::vector<int> m_free[OfPixels + 1];
    Formula m_formula;
};

void FormulaCode::Assembly::need(Number number)
{
    if (number < m_code.m_inputs)
        m_formula.m_used |= std::uint64_t{1} << number;
    else
        m_items[itemOf(number)].isNeeded = true;
}

void FormulaCode::Assembly::findParts()
{
    std::vector<std::uint64_t> inputs(m_items.size()); // that each depends on
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        for (const Number number : argumentsOf(i))
            inputs[i] |= number < m_code.m_inputs ? std::uint64_t{1} << number : inputs[itemOf(number)];
        m_items[i].part = (inputs[i] & ~m_terms.columns) == 0 ? OfColumns : (inputs[i] & ~m_terms.lines) == 0 ? OfLines
                                                                                                              : OfPixels;
    }
}

void FormulaCode::Assembly::order()
{
    for (const Part part : {OfColumns, OfLines, OfPixels})
        for (std::size_t i = 0; i < m_items.size(); ++i)
            if (m_items[i].isNeeded && m_items[i].part == part && !m_code.m_values[i].constant)
                m_order.push_back(i);
}

void FormulaCode::Assembly::use(Number number, int step)
{
    if (number >= m_code.m_inputs)
        m_items[itemOf(number)].lastUse = std::max(m_items[itemOf(number)].lastUse, step);
}

/// Gives the rows back of arguments that a step is the last one to take, to their own part: other parts are run at other times.
void FormulaCode::Assembly::release(std::span<const Number> arguments, int step)
{
    const Part part = m_items[m_order[static_cast<std::size_t>(step)]].part;
    for (const Number number : arguments) {
        if (number < m_code.m_inputs || m_code.valueOf(number))
            continue;
        Item& item = m_items[itemOf(number)];
        if (item.part != part || item.lastUse != step)
            continue;
        m_free[part].push_back(item.row);
        item.lastUse = -1; // the step may take it twice
    }
}

void FormulaCode::Assembly::append(int step)
{
    const std::size_t i = m_order[static_cast<std::size_t>(step)];
    const Value& value = m_code.m_values[i];
    Formula::Step made{value.operation, value.plane, {}, 0};
    std::ranges::transform(argumentsOf(i), made.arguments.begin(), [this](Number number) { return rowOf(number); });
    release(argumentsOf(i), step); // an argument's row may take the result: operations go number by number
    Item& item = m_items[i];
    std::vector<int>& free = m_free[item.part];
    if (free.empty())
        free.push_back(m_formula.m_rows++);
    made.row = item.row = free.back();
    free.pop_back();
    m_formula.m_samples = m_formula.m_samples || value.plane >= 0;
    (item.part == OfColumns ? m_formula.m_columnSteps : item.part == OfLines ? m_formula.m_lineSteps
                                                                             : m_formula.m_steps)
        .push_back(made);
}

Formula FormulaCode::Assembly::made(const std::vector<Number>& results)
{
    std::ranges::for_each(results, [this](Number number) { need(number); });
    for (std::size_t i = m_items.size(); i-- > 0;)
        if (m_items[i].isNeeded)
            std::ranges::for_each(argumentsOf(i), [this](Number number) { need(number); });
    findParts();
    order();
    const auto end = static_cast<int>(m_order.size());
    for (int step = 0; step < end; ++step)
        for (const Number number : argumentsOf(m_order[static_cast<std::size_t>(step)]))
            use(number, step);
    for (const Number number : results)
        use(number, end);
    m_formula.m_inputs = m_code.m_inputs;
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (m_items[i].isNeeded && m_code.m_values[i].constant) {
            m_items[i].row = m_code.m_inputs + static_cast<int>(m_formula.m_constants.size());
            m_formula.m_constants.push_back(*m_code.m_values[i].constant);
        }
    m_formula.m_rows = m_code.m_inputs + static_cast<int>(m_formula.m_constants.size());
    const auto firstOfPixels = static_cast<int>(std::ranges::find(m_order, OfPixels, [this](std::size_t i) { return m_items[i].part; }) - m_order.begin());
    std::vector<std::size_t> spread;
    for (const std::size_t i : m_order)
        if (m_items[i].part == OfLines && m_items[i].lastUse >= firstOfPixels)
            spread.push_back(i);
    for (int step = 0; step < end; ++step)
        append(step);
    std::ranges::transform(spread, std::back_inserter(m_formula.m_spread), [this](std::size_t i) { return m_items[i].row; });
    std::ranges::transform(results, std::back_inserter(m_formula.m_results), [this](Number number) { return rowOf(number); });
    return std::move(m_formula);
}

Formula FormulaCode::assembled(const std::vector<Number>& results, const FormulaTerms& terms) const
{
    return Assembly(*this, terms).made(results);
}

} // namespace artdag
