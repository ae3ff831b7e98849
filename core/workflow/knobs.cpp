// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/knobs.h"

#include "core/graph/literal.h"
#include "core/graph/recipe_params.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/recipe_wires.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace artdag {

namespace {

bool canVary(ParamKind kind)
{
    switch (kind) {
    case ParamKind::Text:
    case ParamKind::File:
    case ParamKind::Font:
    case ParamKind::Formula:
    case ParamKind::Curve:
    case ParamKind::Size: return false;
    default: return true;
    }
}

bool isNumber(ParamKind kind)
{
    return kind == ParamKind::Real || kind == ParamKind::Integer || kind == ParamKind::Angle || kind == ParamKind::Time;
}

/// Limits that an effect allows are wider than what looks like anything: a blur of 512 px. A recipe's own are meant.
void chooseRange(Knob& knob, double least, double most, bool meant)
{
    const double now = knob.now.is_number() ? knob.now.get<double>() : 0;
    if (knob.kind == ParamKind::Angle && !(std::isfinite(least) && std::isfinite(most))) {
        least = now - 180;
        most = now + 180;
    } else if (knob.kind == ParamKind::Point) {
        least = std::max(least, 0.0);
        most = std::min(most, 1.0);
    } else if (!std::isfinite(least) || !std::isfinite(most)) {
        const double reach = now != 0 ? std::abs(now) : 100 * knob.step;
        least = std::isfinite(least) ? least : now - reach;
        most = std::isfinite(most) ? most : now + reach;
    }
    if (!meant && isNumber(knob.kind) && knob.kind != ParamKind::Angle && least >= 0 && now > 0 && most > 8 * now) {
        least = std::max(least, now / 4);
        most = now * 4;
        knob.geometric = true;
    }
    knob.least = least;
    knob.most = most;
}

bool isLiteral(const Json& json)
{
    return !json.is_object() && !json.is_null();
}

Result<Knob> knobOf(const Param& param, const Json& now, KnobPlace place, bool meant)
{
    const std::string what = "'" + place.text() + "'";
    if (!canVary(param.kind))
        return fail(Fault::BadInput, what + ": a " + nameOf(param.kind) + " has no order to vary it in");
    if (!isLiteral(now))
        return fail(Fault::BadInput, what + ": it moves by itself or follows something; make it a constant to vary it");
    Knob knob;
    knob.title = param.title.empty() ? std::string(param.name) : std::string(param.title);
    knob.unit = std::string(param.unit);
    knob.kind = param.kind;
    knob.step = param.step > 0 ? param.step : 0.01;
    knob.choices.assign(param.choices.begin(), param.choices.end());
    knob.now = now;
    knob.place = std::move(place);
    if (isNumber(knob.kind) && !now.is_number())
        return fail(Fault::BadInput, what + ": it is written as " + now.dump() + "; write a number to vary it");
    chooseRange(knob, param.least, param.most, meant);
    return knob;
}

Result<Knob> knobOfParam(const RecipeParam& param, const Json& now, KnobPlace place)
{
    if (!kindOfName(param.type))
        return fail(Fault::BadInput, "'" + place.text() + "': its type is unknown");
    Param description = describeParam(param);
    description.title = param.title;
    return knobOf(description, now, std::move(place), true);
}

/// Every argument that a node has, by name.
std::vector<std::string> argumentsOf(const Recipe& recipe, const Catalogue& effects, const Node& node)
{
    std::vector<std::string> names;
    if (const Group* group = recipe.group(node.group)) {
        for (const RecipeParam& param : group->params)
            names.push_back(param.name);
    } else if (const CatalogueEntry* entry = node.group.empty() ? effects.find(node.effect) : nullptr) {
        for (const Param& param : entry->effect->params)
            names.emplace_back(param.name);
    }
    return names;
}

std::set<std::string> feedingFilm(const Recipe& recipe)
{
    std::set<std::string> seen;
    std::vector<std::string> open;
    if (!recipe.outputs.empty()) {
        for (const auto* end : {&recipe.outputs.front().picture, &recipe.outputs.front().sound}) {
            if (*end)
                open.push_back((*end)->node);
        }
    }
    while (!open.empty()) {
        const std::string name = std::move(open.back());
        open.pop_back();
        const Node* node = recipe.node(name);
        if (!seen.insert(name).second || node == nullptr)
            continue;
        for (std::string& source : sourcesOf(*node))
            open.push_back(std::move(source));
    }
    return seen;
}

} // namespace

bool Knob::isAxis() const
{
    return kind != ParamKind::Point;
}

KnobPlace knobPlaceOf(std::string_view handle)
{
    const auto dot = handle.find('.');
    if (dot == std::string_view::npos)
        return {{}, std::string(handle)};
    return {std::string(handle.substr(0, dot)), std::string(handle.substr(dot + 1))};
}

Result<Knob> knobAt(const Recipe& recipe, const Catalogue& effects, const KnobPlace& place)
{
    const bool handle = std::find(recipe.handles.begin(), recipe.handles.end(), place.text()) != recipe.handles.end();
    const auto marked = [&](Result<Knob> knob) {
        if (knob)
            knob->handle = handle;
        return knob;
    };
    if (place.node.empty()) {
        for (const RecipeParam& param : recipe.params) {
            if (param.name == place.argument)
                return marked(knobOfParam(param, param.fallback, place));
        }
        return fail(Fault::NotFound, "'" + place.text() + "': the recipe has no such parameter");
    }
    const Node* node = recipe.node(place.node);
    if (node == nullptr)
        return fail(Fault::NotFound, "node '" + place.node + "': it is not in the recipe");
    const Json* written = node->arg(place.argument);
    if (const Group* group = recipe.group(node->group)) {
        for (const RecipeParam& param : group->params) {
            if (param.name == place.argument)
                return marked(knobOfParam(param, written != nullptr ? *written : param.fallback, place));
        }
    } else if (const CatalogueEntry* entry = node->group.empty() ? effects.find(node->effect) : nullptr) {
        for (const Param& param : entry->effect->params) {
            if (param.name == place.argument)
                return marked(knobOf(param, written != nullptr ? *written : jsonOfValue(param.initial, param), place, false));
        }
    }
    return fail(Fault::NotFound, "node '" + place.node + "': it has no argument '" + place.argument + "'");
}

std::vector<Knob> knobsOf(const Recipe& recipe, const Catalogue& effects)
{
    std::vector<Knob> knobs;
    const auto add = [&](const KnobPlace& place) {
        if (std::any_of(knobs.begin(), knobs.end(), [&](const Knob& knob) { return knob.place == place; }))
            return;
        if (Result<Knob> knob = knobAt(recipe, effects, place))
            knobs.push_back(std::move(*knob));
    };
    for (const std::string& handle : recipe.handles)
        add(knobPlaceOf(handle));
    for (const RecipeParam& param : recipe.params)
        add({{}, param.name});
    const std::set<std::string> feeding = feedingFilm(recipe);
    for (const Node& node : recipe.nodes) {
        if (node.bypass || !feeding.contains(node.name))
            continue;
        for (const std::string& argument : argumentsOf(recipe, effects, node))
            add({node.name, argument});
    }
    return knobs;
}

Result<Recipe> setKnob(const Recipe& recipe, const KnobPlace& place, const Json& value)
{
    if (!place.node.empty())
        return setArgument(recipe, place.node, place.argument, value);
    for (const RecipeParam& param : recipe.params) {
        if (param.name != place.argument)
            continue;
        RecipeParam changed = param;
        changed.fallback = value;
        return setParam(recipe, std::move(changed));
    }
    return fail(Fault::NotFound, "'" + place.text() + "': the recipe has no such parameter");
}

} // namespace artdag
