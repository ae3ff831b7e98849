// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/edit_recipe.h"
#include "ui/field.h"
#include "ui/qt_std.h"

#include <cmath>

namespace artdag {

namespace {
Result<Recipe> writeItem(const Recipe& recipe, const FieldPlace& place, std::optional<Json> value)
{
    const Node* node = recipe.node(place.node);
    const PortValue* port = node == nullptr ? nullptr : node->port(place.port);
    const auto* items = port == nullptr ? nullptr : std::get_if<std::vector<Item>>(&port->value);
    if (items == nullptr || place.item < 0 || place.item >= static_cast<int>(items->size()))
        return fail(Fault::NotFound, "node '" + place.node + "': it has no item " + std::to_string(place.item + 1));
    Item item = (*items)[static_cast<std::size_t>(place.item)];
    item.plain = false;
    if (place.kind == FieldPlace::Kind::ItemIn) {
        item.in = std::move(value);
    } else if (place.kind == FieldPlace::Kind::ItemOut) {
        item.out = std::move(value);
    } else {
        const auto found = std::find_if(item.args.begin(), item.args.end(), [&](const auto& argument) { return argument.first == place.argument; });
        if (found != item.args.end() && value)
            found->second = std::move(*value);
        else if (found != item.args.end())
            item.args.erase(found);
        else if (value)
            item.args.emplace_back(place.argument, std::move(*value));
    }
    return setItem(recipe, place.node, place.port, place.item, std::move(item));
}

Result<Recipe> writeCanvas(const Recipe& recipe, FieldPlace::Kind kind, const Json& value)
{
    Recipe next = recipe;
    const double number = value.is_number() ? value.get<double>() : 0;
    if (!(number > 0))
        return fail(Fault::BadInput, "canvas: sizes, rate and length are greater than 0");
    switch (kind) {
    case FieldPlace::Kind::CanvasWidth: next.canvas.width = static_cast<int>(number); break;
    case FieldPlace::Kind::CanvasHeight: next.canvas.height = static_cast<int>(number); break;
    case FieldPlace::Kind::CanvasRate: next.canvas.rate = {std::llround(number), 1}; break;
    default: next.canvas.duration = number; break;
    }
    return next;
}

/// expression := term (± term)*, term := factor (× ÷ factor)*, factor := number | − factor | ( expression )
struct Calculator {
    QString text;
    qsizetype at = 0;
    bool failed = false;

    bool take(char character)
    {
        while (at < text.size() && text[at].isSpace())
            ++at;
        if (at >= text.size() || text[at] != QLatin1Char(character))
            return false;
        ++at;
        return true;
    }
    double expression()
    {
        double value = term();
        while (!failed) {
            if (take('+'))
                value += term();
            else if (take('-'))
                value -= term();
            else
                break;
        }
        return value;
    }
    double term()
    {
        double value = factor();
        while (!failed) {
            if (take('*'))
                value *= factor();
            else if (take('/'))
                value /= factor();
            else
                break;
        }
        return value;
    }
    double factor(int depth = 0)
    {
        if (depth > 64) {
            failed = true;
            return 0;
        }
        if (take('-'))
            return -factor(depth + 1);
        if (take('(')) {
            const double value = expression();
            failed = failed || !take(')');
            return value;
        }
        const qsizetype start = at;
        while (at < text.size() && (text[at].isDigit() || text[at] == QLatin1Char('.')))
            ++at;
        bool ok = false;
        const double value = QStringView(text).mid(start, at - start).toDouble(&ok);
        failed = failed || !ok;
        return value;
    }
};
} // namespace

Result<double> arithmetic(const QString& text)
{
    Calculator calculator{QString(text).replace(QChar(0x2212), QLatin1Char('-')).replace(QChar(0x00d7), QLatin1Char('*')).replace(QLatin1Char(','), QLatin1Char('.'))};
    const double value = text.size() > 200 ? NAN : calculator.expression();
    calculator.take(' ');
    if (calculator.failed || calculator.at != calculator.text.size() || !std::isfinite(value))
        return fail(Fault::BadInput, toStd(QObject::tr("'%1' is no number").arg(text.left(40))));
    return value;
}

Result<Recipe> writeField(const Recipe& recipe, const Field& field, std::optional<Json> value)
{
    const FieldPlace& place = field.place;
    switch (place.kind) {
    case FieldPlace::Kind::Argument:
        return setArgument(recipe, place.node, place.argument, std::move(value));
    case FieldPlace::Kind::ItemArgument:
    case FieldPlace::Kind::ItemIn:
    case FieldPlace::Kind::ItemOut:
        return writeItem(recipe, place, std::move(value));
    case FieldPlace::Kind::Parameter:
        for (RecipeParam param : recipe.params) {
            if (param.name == place.node) {
                param.fallback = value.value_or(field.initial);
                return setParam(recipe, std::move(param));
            }
        }
        return fail(Fault::NotFound, "parameter '" + place.node + "': it is not in this recipe");
    case FieldPlace::Kind::OutputEncode:
        for (RecipeOutput output : recipe.outputs) {
            if (output.name == place.node && value && value->is_string()) {
                output.encode = value->get<std::string>();
                return setOutput(recipe, std::move(output));
            }
        }
        return fail(Fault::NotFound, "output '" + place.node + "': it is not in this recipe");
    case FieldPlace::Kind::InputFile:
    case FieldPlace::Kind::InputTitle:
        for (RecipeInput input : recipe.inputs) {
            if (input.name != place.node)
                continue;
            (place.kind == FieldPlace::Kind::InputFile ? input.fallback : input.title) = value && value->is_string() ? value->get<std::string>() : std::string();
            return setInput(recipe, std::move(input));
        }
        return fail(Fault::NotFound, "input '" + place.node + "': it is not in this recipe");
    default:
        return writeCanvas(recipe, place.kind, value.value_or(Json()));
    }
}

} // namespace artdag
