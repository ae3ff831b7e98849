// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/field_motion.h"

#include "core/graph/argument.h"
#include "core/graph/literal.h"
#include "core/graph/recipe_params.h"
#include "core/recipe/edit_recipe.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
const Param* paramOf(const Recipe& recipe, const Catalogue& effects, const FieldPlace& place)
{
    const Node* node = recipe.node(place.node);
    const CatalogueEntry* entry = node == nullptr ? nullptr : effects.find(node->effect);
    if (entry == nullptr || (place.kind != FieldPlace::Kind::Argument && place.kind != FieldPlace::Kind::ItemArgument))
        return nullptr;
    const auto& params = place.kind == FieldPlace::Kind::Argument ? entry->effect->params : entry->effect->itemParams;
    const auto found = std::ranges::find(params, std::string_view(place.argument), &Param::name);
    return found == params.end() ? nullptr : &*found;
}

std::int64_t frameOfKey(const Json& key, Rate rate)
{
    const Result<Flicks> time = key.is_array() && !key.empty() ? timeOfJson(key[0], rate) : fail(Fault::BadInput, "no key");
    return time ? framesOfSeconds(secondsOfFlicks(*time), rate) : -1;
}

/// The keys as written, in their order; an empty list for any other form.
Json keysOf(const Field& field)
{
    const Json& json = field.shown();
    return json.is_object() && json.contains("keys") && json["keys"].is_array() ? json["keys"] : Json::array();
}

const Json* keyAt(const Json& keys, std::int64_t frame, Rate rate)
{
    for (const Json& key : keys) {
        if (frameOfKey(key, rate) == frame)
            return &key;
    }
    return nullptr;
}

Json secondsJson(std::int64_t frame, Rate rate)
{
    const double seconds = secondsOfFlicks(timeOfFrame(frame, rate));
    const double short4 = std::round(seconds * 1e4) / 1e4;
    // Whole frames survive four digits at any usual rate; where they would not, the frame itself is written.
    if (framesOfSeconds(short4, rate) != frame)
        return "f" + std::to_string(frame);
    if (short4 == std::floor(short4))
        return static_cast<std::int64_t>(short4);
    return short4;
}
} // namespace

std::optional<Json> literalAt(const Recipe& recipe, const Catalogue& effects, const Field& field, double seconds)
{
    const Param* param = paramOf(recipe, effects, field.place);
    if (param == nullptr || (field.form() != FieldForm::Keys && field.form() != FieldForm::Expression))
        return std::nullopt;
    ProblemList problems;
    ArgumentScope scope;
    scope.rate = recipe.canvas.rate;
    readParams(recipe.params, {}, "/params", {}, scope, problems);
    const auto argument = readArgument(field.shown(), *param, "field", {}, scope, problems);
    if (!argument)
        return std::nullopt;
    if (const auto* value = std::get_if<Value>(&*argument))
        return jsonOfValue(*value, *param);
    const auto* animation = std::get_if<std::shared_ptr<const Animation>>(&*argument);
    return animation == nullptr ? std::nullopt : std::optional(jsonOfValue((*animation)->at(seconds, seconds * scope.rate.perSecond()), *param));
}

int keyCount(const Field& field)
{
    return static_cast<int>(keysOf(field).size());
}

bool hasKeyAt(const Field& field, std::int64_t frame, Rate rate)
{
    const Json keys = keysOf(field);
    return keyAt(keys, frame, rate) != nullptr;
}

std::optional<std::int64_t> keyFrom(const Field& field, std::int64_t frame, int step, Rate rate)
{
    std::optional<std::int64_t> found;
    for (const Json& key : keysOf(field)) {
        const std::int64_t at = frameOfKey(key, rate);
        if (at < 0 || (step > 0 ? at <= frame : at >= frame))
            continue;
        if (!found || (step > 0 ? at < *found : at > *found))
            found = at;
    }
    return found;
}

Json withKeyAt(const Field& field, const Json& literal, std::int64_t frame, Rate rate)
{
    Json keys = keysOf(field);
    for (Json& key : keys) {
        if (frameOfKey(key, rate) == frame) {
            key[1] = literal;
            return Json{{"keys", std::move(keys)}};
        }
    }
    Json key = Json::array({secondsJson(frame, rate), literal});
    const auto after = std::ranges::find_if(keys, [&](const Json& other) { return frameOfKey(other, rate) > frame; });
    // A new key goes on as the one before it does: a curve keeps its character.
    if (after != keys.begin() && std::prev(after)->size() > 2)
        key.push_back((*std::prev(after))[2]);
    keys.insert(after, std::move(key));
    return Json{{"keys", std::move(keys)}};
}

Json withoutKeyAt(const Field& field, std::int64_t frame, Rate rate)
{
    Json keys = Json::array();
    Json last;
    for (const Json& key : keysOf(field)) {
        if (frameOfKey(key, rate) == frame)
            last = key[1];
        else
            keys.push_back(key);
    }
    return keys.empty() ? last : Json{{"keys", std::move(keys)}};
}

QString easeAt(const Field& field, std::int64_t frame, Rate rate)
{
    const Json keys = keysOf(field);
    const Json* key = keyAt(keys, frame, rate);
    if (key == nullptr || key->size() < 3)
        return QStringLiteral("linear");
    return (*key)[2].is_string() ? toQt((*key)[2].get_ref<const std::string&>()) : QStringLiteral("curve");
}

Json withEaseAt(const Field& field, std::int64_t frame, const QString& ease, Rate rate)
{
    Json keys = keysOf(field);
    for (Json& key : keys) {
        if (frameOfKey(key, rate) == frame)
            key = Json::array({key[0], key[1], toStd(ease)});
    }
    return Json{{"keys", std::move(keys)}};
}

Result<Recipe> makeParameter(const Recipe& recipe, const Field& field)
{
    if (field.form() != FieldForm::Literal || field.place.kind != FieldPlace::Kind::Argument)
        return fail(Fault::BadInput, toStd(QObject::tr("%1: only a constant of a node can become a parameter of the recipe").arg(field.title)));
    RecipeParam param;
    param.name = freshName(recipe, field.place.argument);
    param.type = nameOf(field.kind);
    param.fallback = field.shown();
    if (std::isfinite(field.least))
        param.least = field.least;
    if (std::isfinite(field.most))
        param.most = field.most;
    param.unit = toStd(field.unit);
    param.title = toStd(field.title);
    if (!field.choices.isEmpty()) {
        Json choices = Json::array();
        for (const QString& choice : field.choices)
            choices.push_back(toStd(choice));
        param.unknown["choices"] = std::move(choices);
    }
    const std::string name = param.name;
    const Recipe with = TRY(setParam(recipe, std::move(param)));
    const Recipe shown = TRY(setHandle(with, name, true));
    return writeField(shown, field, Json{{"param", name}});
}

QStringList parametersFor(const Recipe& recipe, const Field& field)
{
    QStringList names;
    for (const RecipeParam& param : recipe.params) {
        if (const auto kind = kindOfName(param.type); kind && fitsKind(*kind, field.kind))
            names << toQt(param.name);
    }
    return names;
}

Result<Recipe> linkFields(const Recipe& recipe, const Field& from, const Field& to)
{
    const auto refuse = [](const QString& words) { return fail(Fault::BadInput, toStd(words)); };
    if (from.place == to.place)
        return refuse(QObject::tr("%1: this is what was copied. Paste it at another parameter").arg(to.title));
    if (to.place.kind != FieldPlace::Kind::Argument)
        return refuse(QObject::tr("%1: only an argument of a node can be a link").arg(to.title));
    const Recipe with = from.form() == FieldForm::Parameter ? recipe : TRY(makeParameter(recipe, from));
    const Json link = *with.node(from.place.node)->arg(from.place.argument);
    if (!parametersFor(with, to).contains(toQt(link["param"].get_ref<const std::string&>())))
        return refuse(QObject::tr("%1: %2 is of another kind").arg(to.title, from.title));
    return writeField(with, to, link);
}

} // namespace artdag
