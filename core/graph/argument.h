// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an argument in any of its forms (literal, keys, expr, param, bind) against the description of its parameter.
// What never changes becomes a plain value; what moves becomes an Animation.
#pragma once

#include "core/effect/expression.h"
#include "core/graph/conversion.h"
#include "core/graph/graph.h"
#include "core/recipe/problem_list.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// A recipe parameter with the value it has in this run.
struct ParamInUse {
    std::string name;
    ParamKind kind = ParamKind::Real;
    Json value;
};

/// What arguments may refer to.
struct ArgumentScope {
    Rate rate;
    std::vector<ParamInUse> params;        ///< those that are in order
    std::vector<std::string> brokenParams; ///< have problems of their own; silently accepted where they are used
    ExpressionNames numbers;               ///< those of `params` that expressions can use
    /// The type of a wire's source; adds the problem and gives nothing when there is no such node or port.
    std::function<std::optional<PortType>(const Wire&, const std::string& owner, const std::string& pointer)> typeOfWire;
};

/// Why a recipe parameter's kind, or an expression, cannot be used; see docs/formats/recipe.md, "Recipe parameters".
bool fitsKind(ParamKind given, ParamKind wanted);
/// The number that an expression sees, for kinds that have one.
std::optional<double> numberOfParam(const ParamInUse& param, Rate rate);

/// One expression; its message names the column within. `subject` begins it: `node 'glow': radius`.
std::optional<Expression> readExpression(const Json& json, const std::string& subject, const std::string& pointer, const ArgumentScope& scope, ProblemList& problems);

/// `owner` begins every message: `node 'glow'`. Nothing when a problem was added.
std::optional<GraphArgument> readArgument(const Json& json, const Param& param, const std::string& owner, const std::string& pointer,
    const ArgumentScope& scope, ProblemList& problems);

} // namespace artdag
