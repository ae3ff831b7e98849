// SPDX-License-Identifier: GPL-3.0-or-later
// A formula's text as words with their columns. For formula.cpp.
#pragma once

#include "core/base/result.h"

#include <string_view>
#include <vector>

namespace artdag {

struct FormulaWord {
    enum class Kind {
        Name,
        Number,
        Sign, ///< `+`, `<=`, `..` …
        End,
    };
    Kind kind = Kind::End;
    std::string_view text; ///< of the formula
    double number = 0;
    int column = 1; ///< 1-based, in characters of the whole text
};

/// The words of a text, an End last; `#` begins a remark that goes to the end of its line. BadInput: `formula: column 3: …`.
Result<std::vector<FormulaWord>> formulaWords(std::string_view text);

/// `formula: column 3: what; hint`.
tl::unexpected<Error> formulaFault(int column, std::string what, std::string_view hint = {});

} // namespace artdag
