// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/argument.h"
#include "core/recipe/json_text.h"

namespace artdag {

std::optional<Expression> readExpression(const Json& json, const std::string& subject, const std::string& pointer, const ArgumentScope& scope, ProblemList& problems)
{
    const auto refuse = [&](const std::string& rest, std::string hint = {}) {
        problems.error(pointer, subject + rest, std::move(hint));
        return std::nullopt;
    };
    if (!json.is_string())
        return refuse(": an expression must be a text, got " + shortText(json));
    const std::string& text = json.get_ref<const std::string&>();
    // A parameter that is broken has been complained about; here it stands for any number.
    ExpressionNames names = scope.numbers;
    for (const std::string& broken : scope.brokenParams)
        names.emplace_back(broken, 0.0);
    CompiledExpression compiled = compileExpression(text, names);
    if (compiled.faults.empty())
        return std::move(compiled.expression);
    const ExpressionFault& fault = compiled.faults[0];
    std::string message = fault.message, hint = fault.hint;
    for (const ParamInUse& each : scope.params)
        if (message.starts_with("'" + each.name + "' is not a name")) {
            message = "param '" + each.name + "' is a " + nameOf(each.kind) + " and no number";
            hint.clear();
        }
    return refuse(": column " + std::to_string(fault.column) + " of the expression: " + message, std::move(hint));
}

} // namespace artdag
