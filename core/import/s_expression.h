// SPDX-License-Identifier: GPL-3.0-or-later
// S-expressions as values with their places: lists `( )`, vectors `[ ]`, maps `{ }`, texts, numbers, symbols, keywords.
// Knows nothing of what they mean.
#pragma once

#include "core/import/old_graph.h"

#include <string_view>

namespace artdag {

struct SExpression {
    enum class Kind {
        List,
        Vector,
        Map, ///< items are keys and values in turn
        Text,
        Number,
        Symbol,
        Keyword, ///< without its colon
    };
    Kind kind = Kind::List;
    std::string text;
    double number = 0;
    std::vector<SExpression> items;
    TextPlace place;

    [[nodiscard]] bool isSymbol(std::string_view name) const { return kind == Kind::Symbol && text == name; }
    /// The symbol that a list begins with, else empty.
    [[nodiscard]] std::string_view head() const { return kind == Kind::List && !items.empty() && items[0].kind == Kind::Symbol ? std::string_view(items[0].text) : std::string_view(); }
};

/// All expressions of a text. At most 64 levels and 200,000 values.
OldResult<std::vector<SExpression>> readSExpressions(std::string_view text);

/// Its JSON: lists and vectors are lists, maps objects by keyword, symbols and keywords texts, `true`, `false` and `nil` what they say.
Json jsonOfSExpression(const SExpression& expression);

} // namespace artdag
