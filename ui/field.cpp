// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/field.h"

#include "core/graph/literal.h"
#include "core/media/encode.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/group_scope.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
bool isWhole(ParamKind kind)
{
    return kind == ParamKind::Integer || kind == ParamKind::Seed;
}

Json numberJson(double number)
{
    // Whole numbers are written without a point, as ECMAScript prints them.
    if (number == std::floor(number) && std::abs(number) < 9e15)
        return static_cast<std::int64_t>(number);
    return number;
}

Field fieldOf(const Param& param)
{
    Field field;
    field.title = toQt(param.title.empty() ? param.name : param.title);
    field.help = toQt(param.help);
    field.unit = toQt(param.unit);
    field.group = toQt(param.group);
    field.kind = param.kind;
    field.least = param.least;
    field.most = param.most;
    field.step = param.step > 0 ? param.step : 0.01;
    if (isWhole(param.kind))
        field.step = std::max(1.0, field.step);
    for (const std::string_view choice : param.choices)
        field.choices << toQt(choice);
    field.animatable = param.animatable;
    field.initial = jsonOfValue(param.initial, param);
    field.place.argument = std::string(param.name);
    return field;
}

/// A promoted parameter, of the recipe or of a group.
Field fieldOf(const RecipeParam& param)
{
    Field field;
    field.title = toQt(param.title.empty() ? param.name : param.title);
    field.unit = toQt(param.unit);
    field.least = param.least.value_or(-INFINITY);
    field.most = param.most.value_or(INFINITY);
    for (int kind = 0; kind <= static_cast<int>(ParamKind::Formula); ++kind) {
        if (param.type == nameOf(static_cast<ParamKind>(kind)))
            field.kind = static_cast<ParamKind>(kind);
    }
    field.step = isWhole(field.kind) ? 1 : (field.bounded() ? std::pow(10, std::floor(std::log10((field.most - field.least) / 100))) : 0.01);
    if (const auto choices = param.unknown.find("choices"); choices != param.unknown.end() && choices->is_array()) {
        for (const auto& choice : *choices)
            field.choices << (choice.is_string() ? toQt(choice.get_ref<const std::string&>()) : QString());
    }
    field.initial = param.fallback;
    return field;
}

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

void addItemFields(std::vector<Field>& fields, const Recipe& recipe, const Node& node, const Effect& effect, const Port& port)
{
    const PortValue* value = node.port(port.name);
    const auto* items = value == nullptr ? nullptr : std::get_if<std::vector<Item>>(&value->value);
    if (items == nullptr)
        return;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const Item& item = (*items)[i];
        const QString group = QStringLiteral("%1 · %2").arg(i + 1).arg(item.from ? toQt(item.from->text()) : QStringLiteral("–"));
        const FieldPlace place{FieldPlace::Kind::ItemArgument, node.name, std::string(port.name), static_cast<int>(i), {}};
        auto trim = [&](FieldPlace::Kind kind, const QString& title, const std::optional<Json>& written, double initial) {
            Param param{.name = kind == FieldPlace::Kind::ItemIn ? "in" : "out", .kind = ParamKind::Time, .initial = Moment{flicksOfSeconds(initial)}, .least = 0, .step = 0.05, .unit = "s", .animatable = false};
            Field field = fieldOf(param);
            field.title = title;
            field.group = group;
            field.place = place;
            field.place.kind = kind;
            field.value = written;
            fields.push_back(std::move(field));
        };
        trim(FieldPlace::Kind::ItemIn, QObject::tr("In"), item.in, 0);
        trim(FieldPlace::Kind::ItemOut, QObject::tr("Out"), item.out, recipe.canvas.duration);
        for (const Param& param : effect.itemParams) {
            Field field = fieldOf(param);
            field.group = group;
            field.place = place;
            field.place.argument = std::string(param.name);
            for (const auto& [name, written] : item.args) {
                if (name == param.name)
                    field.value = written;
            }
            fields.push_back(std::move(field));
        }
    }
}

Field textField(FieldPlace::Kind kind, const std::string& name, const QString& title, ParamKind type, Json value)
{
    Field field;
    field.place.kind = kind;
    field.place.node = name;
    field.title = title;
    field.kind = type;
    field.value = std::move(value);
    return field;
}

Field canvasField(FieldPlace::Kind kind, const QString& title, const QString& unit, ParamKind type, double value, double least, double most, double step)
{
    Field field = textField(kind, {}, title, type, numberJson(value));
    field.unit = unit;
    field.least = least;
    field.most = most;
    field.step = step;
    return field;
}
} // namespace

FieldForm Field::form() const
{
    const Json& json = shown();
    if (!json.is_object())
        return FieldForm::Literal;
    if (json.contains("keys"))
        return FieldForm::Keys;
    if (json.contains("bind"))
        return FieldForm::Binding;
    if (json.contains("param"))
        return FieldForm::Parameter;
    return FieldForm::Expression;
}

bool Field::bounded() const
{
    return std::isfinite(least) && std::isfinite(most) && most > least && kind != ParamKind::Seed && kind != ParamKind::Point && kind != ParamKind::Size;
}

double Field::number() const
{
    const Json& json = shown();
    if (json.is_number())
        return json.get<double>();
    if (json.is_string() && kind == ParamKind::Time) {
        const Result<Flicks> time = timeOfJson(json, Rate{30, 1});
        return time ? secondsOfFlicks(*time) : 0;
    }
    return 0;
}

QString numberText(double number, double step)
{
    int digits = 0;
    for (double unit = step; digits < 4 && std::abs(unit - std::round(unit)) > 1e-9; unit *= 10)
        ++digits;
    QString text = QString::number(number, 'f', std::max(digits, std::abs(number - std::round(number)) > 1e-9 ? std::max(2, digits) : 0));
    if (text.contains(QLatin1Char('.')) && digits == 0) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
    }
    return text == QLatin1String("-0") ? QStringLiteral("0") : text;
}

QString Field::text() const
{
    const Json& json = shown();
    if (form() != FieldForm::Literal)
        return formula();
    if (json.is_number())
        return numberText(json.get<double>(), step);
    if (json.is_string())
        return toQt(json.get_ref<const std::string&>());
    if (json.is_boolean())
        return json.get<bool>() ? QObject::tr("on") : QObject::tr("off");
    return json.is_null() ? QString() : toQt(canonicalJson(json));
}

QColor Field::colour() const
{
    const Json& json = shown();
    auto part = [&](std::size_t i) { return json.size() > i && json[i].is_number() ? std::clamp(json[i].get<float>(), 0.0F, 1.0F) : 1.0F; };
    if (json.is_array() && json.size() >= 3)
        return QColor::fromRgbF(part(0), part(1), part(2), part(3));
    const std::optional<Colour> colour = json.is_string() ? colourOfText(json.get_ref<const std::string&>()) : std::nullopt;
    if (!colour)
        return {};
    return QColor::fromRgbF(static_cast<float>(colour->r), static_cast<float>(colour->g), static_cast<float>(colour->b), static_cast<float>(colour->a));
}

QPointF Field::point() const
{
    const Json& json = shown();
    if (!json.is_array() || json.size() != 2 || !json[0].is_number() || !json[1].is_number())
        return {};
    return {json[0].get<double>(), json[1].get<double>()};
}

QString Field::formula() const
{
    const Json& json = shown();
    if (form() == FieldForm::Expression && json.contains("expr") && json["expr"].is_string() && json.size() == 1)
        return toQt(json["expr"].get_ref<const std::string&>());
    if (form() == FieldForm::Literal)
        return json.is_number() ? toQt(ecmaNumber(json.get<double>())) : QString();
    return toQt(json.dump());
}

QString Field::pointer() const
{
    const QString node = toQt(place.node);
    const QString argument = toQt(place.argument);
    switch (place.kind) {
    case FieldPlace::Kind::Argument: return QStringLiteral("/nodes/%1/args/%2").arg(node, argument);
    case FieldPlace::Kind::ItemArgument: return QStringLiteral("/nodes/%1/in/%2/%3/args/%4").arg(node, toQt(place.port)).arg(place.item).arg(argument);
    case FieldPlace::Kind::ItemIn: return QStringLiteral("/nodes/%1/in/%2/%3/in").arg(node, toQt(place.port)).arg(place.item);
    case FieldPlace::Kind::ItemOut: return QStringLiteral("/nodes/%1/in/%2/%3/out").arg(node, toQt(place.port)).arg(place.item);
    case FieldPlace::Kind::Parameter: return QStringLiteral("/params/%1").arg(node);
    case FieldPlace::Kind::OutputEncode: return QStringLiteral("/outputs/%1/encode").arg(node);
    case FieldPlace::Kind::InputFile: return QStringLiteral("/inputs/%1/default").arg(node);
    case FieldPlace::Kind::InputTitle: return QStringLiteral("/inputs/%1/title").arg(node);
    default: return QStringLiteral("/canvas");
    }
}

std::vector<Field> fieldsOfCard(const Recipe& recipe, const Catalogue& effects, const std::string& card)
{
    std::vector<Field> fields;
    if (card.starts_with("@")) {
        for (const RecipeOutput& output : recipe.outputs) {
            if ("@" + output.name != card || output.encode == groupPort)
                continue;
            Field field = textField(FieldPlace::Kind::OutputEncode, output.name, QObject::tr("Format"), ParamKind::Choice, output.encode);
            for (const EncodeProfile& profile : encodeProfiles())
                field.choices << toQt(profile.name);
            fields.push_back(std::move(field));
        }
        return fields;
    }
    for (const RecipeInput& input : recipe.inputs) {
        if (input.name != card)
            continue;
        if (input.media == groupPort) {
            fields.push_back(textField(FieldPlace::Kind::InputTitle, card, QObject::tr("Title"), ParamKind::Text, input.title));
            continue;
        }
        fields.push_back(textField(FieldPlace::Kind::InputTitle, card, QObject::tr("Title"), ParamKind::Text, input.title));
        fields.push_back(textField(FieldPlace::Kind::InputFile, card, QObject::tr("File"), ParamKind::File, input.fallback));
    }
    const Node* node = recipe.node(card);
    if (const Group* group = node == nullptr || node->group.empty() ? nullptr : recipe.group(node->group)) {
        for (const RecipeParam& param : group->params) {
            Field field = fieldOf(param);
            field.place.node = card;
            field.place.argument = param.name;
            field.animatable = true;
            field.handle = card + "." + param.name;
            field.isHandle = contains(recipe.handles, field.handle);
            if (const Json* written = node->arg(param.name))
                field.value = *written;
            fields.push_back(std::move(field));
        }
        return fields;
    }
    const CatalogueEntry* entry = node == nullptr ? nullptr : effects.find(node->effect);
    if (entry == nullptr)
        return fields;
    for (const Param& param : entry->effect->params) {
        Field field = fieldOf(param);
        field.place.node = card;
        field.handle = card + "." + std::string(param.name);
        field.isHandle = contains(recipe.handles, field.handle);
        if (const Json* written = node->arg(param.name))
            field.value = *written;
        fields.push_back(std::move(field));
    }
    for (const Port& port : entry->effect->inputs) {
        if (port.list)
            addItemFields(fields, recipe, *node, *entry->effect, port);
    }
    return fields;
}

std::vector<Field> fieldsOfHandles(const Recipe& recipe, const Catalogue& effects)
{
    std::vector<Field> fields;
    for (const std::string& handle : recipe.handles) {
        for (const RecipeParam& param : recipe.params) {
            if (param.name != handle)
                continue;
            Field field = fieldOf(param);
            field.place = {FieldPlace::Kind::Parameter, param.name, {}, -1, {}};
            field.value = param.fallback;
            field.handle = handle;
            field.isHandle = true;
            fields.push_back(std::move(field));
        }
        const std::size_t dot = handle.find('.');
        if (dot == std::string::npos)
            continue;
        for (Field& field : fieldsOfCard(recipe, effects, handle.substr(0, dot))) {
            if (field.handle == handle) {
                field.title = QStringLiteral("%1 · %2").arg(toQt(handle.substr(0, dot)), field.title.toLower());
                fields.push_back(std::move(field));
            }
        }
    }
    return fields;
}

std::vector<Field> fieldsOfCanvas(const Recipe& recipe)
{
    const RecipeCanvas& canvas = recipe.canvas;
    using Kind = FieldPlace::Kind;
    return {
        canvasField(Kind::CanvasWidth, QObject::tr("Width"), QStringLiteral("px"), ParamKind::Integer, canvas.width, 16, INFINITY, 2),
        canvasField(Kind::CanvasHeight, QObject::tr("Height"), QStringLiteral("px"), ParamKind::Integer, canvas.height, 16, INFINITY, 2),
        canvasField(Kind::CanvasRate, QObject::tr("Rate"), QStringLiteral("fps"), ParamKind::Integer, canvas.rate.perSecond(), 1, INFINITY, 1),
        canvasField(Kind::CanvasDuration, QObject::tr("Length"), QStringLiteral("s"), ParamKind::Time, canvas.duration, 0.04, INFINITY, 0.1),
    };
}

Json literalOfNumber(const Field& field, double number)
{
    number = std::clamp(number, field.least, field.most);
    if (isWhole(field.kind))
        return static_cast<std::int64_t>(std::llround(number));
    // What scrubbing gives is a multiple of the step, not 0.30000000000000004.
    const double steps = number / field.step;
    if (std::abs(steps - std::round(steps)) < 1e-6 && std::abs(steps) < 1e12)
        number = QString::number(std::round(steps) * field.step, 'g', 12).toDouble();
    return numberJson(number);
}

Json literalOfColour(const QColor& colour)
{
    return textOfColour({colour.redF(), colour.greenF(), colour.blueF(), colour.alphaF()});
}

Result<Json> literalOfText(const Field& field, const QString& text)
{
    switch (field.kind) {
    case ParamKind::Real:
    case ParamKind::Integer:
    case ParamKind::Angle:
    case ParamKind::Seed:
        return literalOfNumber(field, TRY(arithmetic(text)));
    case ParamKind::Time:
        if (text.startsWith(QLatin1Char('f')))
            return Json(toStd(text));
        return literalOfNumber(field, TRY(arithmetic(text)));
    case ParamKind::Colour: {
        const std::optional<Colour> colour = colourOfText(toStd(text.trimmed()));
        if (!colour)
            return fail(Fault::BadInput, toStd(QObject::tr("%1: a colour is written #rrggbb").arg(field.title)));
        return Json(textOfColour(*colour));
    }
    case ParamKind::Choice:
        if (!field.choices.contains(text))
            return fail(Fault::BadInput, toStd(QObject::tr("%1: one of %2").arg(field.title, field.choices.join(QStringLiteral(", ")))));
        return Json(toStd(text));
    case ParamKind::Point:
    case ParamKind::Size:
    case ParamKind::Curve:
    case ParamKind::Gradient:
        return readJson(toStd(text));
    case ParamKind::Boolean:
        return Json(text == QLatin1String("true"));
    case ParamKind::Text:
    case ParamKind::Formula:
    case ParamKind::File:
    case ParamKind::Font:
        return Json(toStd(text));
    }
    return Json(toStd(text));
}

Result<Json> formulaOfText(const QString& text)
{
    const std::string trimmed = toStd(text.trimmed());
    if (!trimmed.starts_with("{"))
        return Json{{"expr", trimmed}};
    Json json = TRY(readJson(trimmed));
    for (const char* form : {"expr", "keys", "bind", "param"}) {
        if (json.contains(form))
            return json;
    }
    return fail(Fault::BadInput, toStd(QObject::tr("an animated value has one of expr, keys, bind, param")));
}

} // namespace artdag
