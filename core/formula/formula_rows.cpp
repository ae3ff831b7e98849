// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula.h"

#include "core/picture/rows.h"

#include <algorithm>

namespace artdag {

FormulaRows::FormulaRows(const Formula& formula)
    : m_formula(formula),
      m_rows(static_cast<std::size_t>(formula.m_rows) * block),
      m_results(formula.m_results.size() * block)
{
    for (std::size_t i = 0; i < formula.m_constants.size(); ++i)
        std::fill_n(row(formula.m_inputs + static_cast<int>(i)), block, formula.m_constants[i]);
}

void FormulaRows::run(const std::vector<Formula::Step>& steps, std::size_t n, const FormulaPicture* picture)
{
    const auto formula = rowKernels().formula;
    for (const Formula::Step& step : steps) {
        const double *a = row(step.arguments[0]), *b = row(step.arguments[1]);
        if (step.plane >= 0)
            picture->sample(step.plane, a, b, row(step.row), n);
        else
            formula(step.operation, a, b, row(step.arguments[2]), row(step.row), static_cast<long>(n));
    }
}

void FormulaRows::run(std::size_t n, const FormulaPicture* picture, bool sameColumns)
{
    CHECK(n <= block && (picture != nullptr || !m_formula.m_samples));
    if (!sameColumns)
        run(m_formula.m_columnSteps, n, picture);
    run(m_formula.m_lineSteps, 1, picture);
    for (const int line : m_formula.m_spread)
        std::fill_n(row(line) + 1, n - 1, *row(line));
    run(m_formula.m_steps, n, picture);
    constexpr double most = 1e30; // no more can become of it in a picture or in sound than a number
    for (std::size_t i = 0; i < m_formula.m_results.size(); ++i) {
        const double* from = row(m_formula.m_results[i]);
        double* to = m_results.data() + i * block;
        for (std::size_t k = 0; k < n; ++k)
            to[k] = from[k] > -most && from[k] < most ? from[k] : 0.0;
    }
}

} // namespace artdag
