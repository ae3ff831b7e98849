// SPDX-License-Identifier: GPL-3.0-or-later
// The language of formula effects: a few lines that say what a pixel or a sample is. It is total: every text that compiles ends,
// gives numbers and reads nothing but its names. Compiled to operations over rows, the same bits on every machine
// (docs/formats/formula.md).
#pragma once

#include "core/base/result.h"
#include "core/picture/formula_operation.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

/// What a formula may use and must give.
struct FormulaTerms {
    std::span<const std::string_view> inputs;                    ///< rows: `x`, `y` …
    std::span<const std::pair<std::string_view, double>> values; ///< the same for every pixel: `t`, `p1` …
    bool samples = false;                                        ///< may call sample(u, v)
    std::uint8_t results = 0b1111;                               ///< bit n − 1: a result of n numbers will do
    std::uint64_t columns = 0;                                   ///< bit n: input n is a matter of the column, so that it stands from row to row
    std::uint64_t lines = 0;                                     ///< bit n: input n is one number for all of a row
};

class Formula {
public:
    /// Numbers of its result, 1 to 4.
    [[nodiscard]] int results() const { return static_cast<int>(m_results.size()); }
    /// Whether it calls sample(u, v).
    [[nodiscard]] bool samples() const { return m_samples; }
    /// Whether its result depends on this input (an index into FormulaTerms::inputs).
    [[nodiscard]] bool uses(std::size_t input) const { return (m_used >> input & 1U) != 0; }
    /// Whether it mentions this value (an index into FormulaTerms::values).
    [[nodiscard]] bool mentions(std::size_t value) const { return (m_mentioned >> value & 1U) != 0; }

private:
    friend class FormulaCode;
    friend class FormulaCompiler;
    friend class FormulaRows;
    struct Step {
        FormulaOperation operation{};
        int plane = -1; ///< ≥ 0: a sample of that plane at (arguments 0, 1) instead
        std::array<int, 3> arguments{};
        int row = 0;
    };
    int m_inputs = 0;                ///< rows 0 … are these, then constants, then what steps write
    std::vector<double> m_constants; ///< in the rows behind the inputs
    std::vector<Step> m_columnSteps; ///< of inputs that are matters of the column alone: their rows stand until they are run again
    std::vector<Step> m_lineSteps;   ///< of inputs that are one number for all of a row: run for one place
    std::vector<int> m_spread;       ///< rows of those that the steps of pixels read
    std::vector<Step> m_steps;       ///< of pixels
    int m_rows = 0;                  ///< in all
    std::vector<int> m_results;
    std::uint64_t m_used = 0;
    std::uint64_t m_mentioned = 0;
    bool m_samples = false;
};

/// BadInput: `formula: column 12: …` with what helps.
Result<Formula> compileFormula(std::string_view text, const FormulaTerms& terms);

/// Where sample(u, v) reads.
class FormulaPicture {
public:
    virtual ~FormulaPicture() = default;
    /// Plane `plane` at places (u, v), 0–1 over the whole picture.
    virtual void sample(int plane, const double* u, const double* v, double* out, std::size_t n) const = 0;
};

/// The rows of one thread that runs a formula, a block at a time so that they stay in the nearest cache.
class FormulaRows {
public:
    static constexpr std::size_t block = 128;
    explicit FormulaRows(const Formula& formula);
    /// The row of an input, for the caller to fill before run(); only inputs in use need be.
    [[nodiscard]] double* input(std::size_t index) { return row(static_cast<int>(index)); }
    /// Runs n ≤ block places; `picture` may be null where the formula does not sample. `sameColumns`: the inputs that are matters
    /// of the column, and n, are what they were.
    void run(std::size_t n, const FormulaPicture* picture = nullptr, bool sameColumns = false);
    /// After run(): a number of the result. What is no finite number is 0.
    [[nodiscard]] const double* result(int index) const { return m_results.data() + static_cast<std::size_t>(index) * block; }

private:
    void run(const std::vector<Formula::Step>& steps, std::size_t n, const FormulaPicture* picture);
    double* row(int index) { return m_rows.data() + static_cast<std::size_t>(index) * block; }

    const Formula& m_formula;
    std::vector<double> m_rows;
    std::vector<double> m_results;
};

} // namespace artdag
