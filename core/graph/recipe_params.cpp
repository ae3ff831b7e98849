// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/recipe_params.h"

#include "core/base/similar_names.h"
#include "core/graph/literal.h"
#include "core/recipe/json_text.h"

#include <algorithm>

namespace artdag {

namespace {

void readParam(const RecipeParam& param, const std::string& owner, const std::string& pointer, const RecipeBindings& bindings, ArgumentScope& scope, ProblemList& problems)
{
    scope.brokenParams.push_back(param.name); // until it has proved itself
    if (!kindOfName(param.type)) {
        std::vector<std::string_view> kinds;
        for (int kind = 0; kind <= static_cast<int>(ParamKind::Formula); ++kind)
            kinds.emplace_back(nameOf(static_cast<ParamKind>(kind)));
        problems.error(pointer + "/type", owner + ": type " + inQuotes(param.type) + " is not known", didYouMean(param.type, kinds));
        return;
    }
    if (param.least && param.most && *param.least > *param.most) {
        problems.error(pointer + "/min", owner + ": min " + ecmaNumber(*param.least) + " is above max " + ecmaNumber(*param.most));
        return;
    }
    if (param.name == "t" || param.name == "frame")
        problems.warning(pointer, owner + ": expressions cannot use it, because there the name means the time", "rename it");
    const Param description = describeParam(param);
    bool fine = true;
    const auto accept = [&](const Json& value, const std::string& place, const std::string& what) {
        const auto read = valueOfJson(value, description, scope.rate);
        if (!read)
            problems.error(place, owner + ": " + what + read.error().message);
        fine = fine && read.has_value();
    };
    if (param.fallback.is_null())
        problems.error(pointer, owner + ": the default is missing");
    else
        accept(param.fallback, pointer + "/default", "default ");
    const auto given = bindings.params.find(param.name);
    if (given != bindings.params.end())
        accept(given->second, pointer, "");
    if (!fine || param.fallback.is_null())
        return;
    scope.brokenParams.pop_back();
    ParamInUse used{param.name, *kindOfName(param.type), given != bindings.params.end() ? given->second : param.fallback};
    if (const auto number = numberOfParam(used, scope.rate))
        scope.numbers.emplace_back(param.name, *number);
    scope.params.push_back(std::move(used));
}

} // namespace

void checkCanvas(const RecipeCanvas& canvas, ProblemList& problems)
{
    // Reading has said all this for a text; a recipe made by a program is checked here.
    const auto size = [&problems](const char* name, int value, int least, int most, const char* unit) {
        if (value < least || value > most)
            problems.error(std::string("/canvas/") + name, std::string("canvas: ") + name + " must be " + std::to_string(least) + "–" + std::to_string(most) + " " + unit + ", got " + std::to_string(value));
    };
    size("width", canvas.width, 1, 16384, "px");
    size("height", canvas.height, 1, 16384, "px");
    size("sampleRate", canvas.sampleRate, 8000, 192000, "Hz");
    const Rate rate = canvas.rate;
    if (rate.denominator < 1 || rate.numerator < rate.denominator || rate.numerator > 240 * rate.denominator)
        problems.error("/canvas/rate", "canvas: rate must be 1–240 frames per second");
    else if (!(canvas.duration > 0 && canvas.duration <= 86400))
        problems.error("/canvas/duration", "canvas: duration must be more than 0 s and at most 24 h (86400 s)");
    if (canvas.workingSpace != "linear-bt709")
        problems.error("/canvas/workingSpace", "canvas: workingSpace must be 'linear-bt709', got " + shortText(Json(canvas.workingSpace)));
}

void checkBindings(const Recipe& recipe, const RecipeBindings& bindings, ProblemList& problems)
{
    std::vector<std::string_view> inputs, params;
    for (const RecipeInput& input : recipe.inputs)
        inputs.push_back(input.name);
    for (const RecipeParam& param : recipe.params)
        params.push_back(param.name);
    for (const auto& [name, id] : bindings.inputs)
        if (std::ranges::find(inputs, std::string_view(name)) == inputs.end())
            problems.error("", "input " + inQuotes(name) + ": the recipe has no input of that name", didYouMean(name, inputs));
    for (const auto& [name, value] : bindings.params)
        if (std::ranges::find(params, std::string_view(name)) == params.end())
            problems.error("", "param " + inQuotes(name) + ": the recipe has no param of that name", didYouMean(name, params));
}

Param describeParam(const RecipeParam& param)
{
    const ParamKind kind = *kindOfName(param.type);
    // A choice's words belong to the effects that use it.
    Param description{.name = param.name, .kind = kind == ParamKind::Choice ? ParamKind::Text : kind};
    description.least = param.least.value_or(description.least);
    description.most = param.most.value_or(description.most);
    description.unit = param.unit;
    return description;
}

void readParams(const std::vector<RecipeParam>& params, const std::string& within, const std::string& pointer, const RecipeBindings& bindings, ArgumentScope& scope,
    ProblemList& problems)
{
    for (const RecipeParam& param : params)
        readParam(param, within + "param " + inQuotes(param.name), pointerTo(pointer, param.name), bindings, scope, problems);
}

} // namespace artdag
