// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes as an expression. What compiles is finite at every instant; replacing a name by itself changes nothing.
#include "core/effect/expression.h"
#include "core/recipe/expression_names.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

using namespace artdag;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const ExpressionNames names{{"speed", 90.0}, {"size", -0.5}, {"e2", 1e300}};
    const CompiledExpression compiled = compileExpression(text, names);
    for (const ExpressionFault& fault : compiled.faults)
        CHECK(fault.column >= 1 && !fault.message.empty());
    const std::string same = replaceNames(text, [](std::string_view name) { return std::optional(std::string(name)); });
    CHECK(same == text);
    if (!compiled.faults.empty())
        return 0;
    for (const double t : {0.0, -1.0, 0.1, 12345.678, 1e15}) {
        const double value = compiled.expression.at(t, t * 30);
        CHECK(std::isfinite(value));
        CHECK(value == compiled.expression.at(t, t * 30));
        CHECK(compiled.expression.moves() || value == compiled.expression.at(0, 0));
    }
    // groups put arguments into expressions: a name in brackets computes what the name does
    const std::string bracketed = replaceNames(text, [](std::string_view name) { return name == "speed" ? std::optional<std::string>("(90)") : std::nullopt; });
    const CompiledExpression again = compileExpression(bracketed, names);
    if (again.faults.empty())
        CHECK(again.expression.at(0.5, 15) == compiled.expression.at(0.5, 15));
    return 0;
}
