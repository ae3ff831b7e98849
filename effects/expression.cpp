// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/expression.h"

#include "core/effect/effect.h"

namespace artdag {
namespace {

constexpr std::string_view variables[] = {"a", "b", "c", "x", "y", "z"};

CompiledExpression compiled(const Call& call)
{
    return compileExpression(call.args.text("expression"), {}, variables);
}

Result<void> facts(const Call& call, std::span<StreamFacts>)
{
    const CompiledExpression expression = compiled(call);
    if (expression.faults.empty())
        return {};
    const ExpressionFault& fault = expression.faults.front();
    return fail(Fault::BadInput, "expression: column " + std::to_string(fault.column) + ": " + fault.message + (fault.hint.empty() ? "" : "; " + fault.hint));
}

double signal(const Call& call, Flicks time)
{
    double values[std::size(variables)] = {};
    for (std::size_t i = 0; i < 3; ++i)
        if (const int input = call.input(variables[i]); input >= 0)
            values[i] = call.signals->signal(input, time);
    for (std::size_t i = 3; i < std::size(variables); ++i)
        values[i] = call.args.real(variables[i]);
    return compiled(call).expression.at(secondsOfFlicks(time), static_cast<double>(frameAt(time, call.canvas.rate)), values);
}

Port port(std::string_view name, std::string_view title)
{
    return {.name = name, .type = PortType::Signal, .title = title, .optional = true};
}

Param number(std::string_view name, std::string_view title)
{
    return {.name = name, .initial = 0.0, .least = -1e6, .most = 1e6, .title = title, .help = "A number for the expression, which may itself move or follow a signal"};
}

} // namespace

extern const Effect effect_expression;
const Effect effect_expression{
    .name = "expression",
    .title = "Expression",
    .help = "A signal that is calculated: from the seconds t, the frame, three signals a, b, c (0 where nothing is connected) and three numbers x, y, z.",
    .tags = {"signal"},
    .synonyms = {"formula", "math", "script", "calculate", "function", "driver"},
    .inputs = {port("a", "a"), port("b", "b"), port("c", "c")},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "expression", .kind = ParamKind::Text, .initial = std::string("0.5 + 0.5 * sin(tau*t)"), .title = "Expression", .help = "The language of expressions in arguments: + - * / % ^, comparisons, ? :, sin, noise, clamp, mix and others", .animatable = false},
        number("x", "x"),
        number("y", "y"),
        number("z", "z"),
    },
    .timeDependent = true,
    .facts = facts,
    .signal = signal,
};

} // namespace artdag
