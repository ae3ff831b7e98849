// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a form: what it is called, what it holds, and which place of the recipe it writes to. Made from an effect's
// description or a recipe's parameter; pure functions, no widgets.
#pragma once

#include "core/effect/catalogue.h"
#include "core/recipe/recipe.h"

#include <QColor>
#include <QObject>
#include <QPointF>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace artdag {

/// Where a field's value lives.
struct FieldPlace {
    enum class Kind {
        Argument,
        ItemArgument,
        ItemIn,
        ItemOut,
        Parameter,
        CanvasWidth,
        CanvasHeight,
        CanvasRate,
        CanvasDuration,
        OutputEncode,
        InputFile,
        InputTitle,
    };
    Kind kind = Kind::Argument;
    std::string node; ///< or parameter, output, input
    std::string port;
    int item = -1;
    std::string argument;
    bool operator==(const FieldPlace&) const = default;
};

/// How an argument is written: a literal, or one of the animated forms.
enum class FieldForm {
    Literal,
    Keys,
    Expression,
    Binding,
    Parameter,
};

struct Field {
    FieldPlace place;
    std::string handle; ///< its name among the handles; empty when it cannot be one
    bool isHandle = false;
    QString title, help, unit, group;
    ParamKind kind = ParamKind::Real;
    double least = 0, most = 0; ///< infinite: no limit
    double step = 0.01;
    QStringList choices;
    bool animatable = false;
    Json initial;              ///< the default
    std::optional<Json> value; ///< as written; none: the default holds

    [[nodiscard]] FieldForm form() const;
    [[nodiscard]] const Json& shown() const { return value ? *value : initial; }
    [[nodiscard]] bool bounded() const;
    /// The literal as number, text … of its kind; zero or empty where it is something else.
    [[nodiscard]] double number() const;
    [[nodiscard]] QString text() const; ///< as an artist reads it: `12.5`, `#ff8800`, `crossfade`
    [[nodiscard]] QColor colour() const;
    [[nodiscard]] QPointF point() const;
    /// The animated form as editable text: an expression as it is, the other forms as JSON.
    [[nodiscard]] QString formula() const;
    [[nodiscard]] QString pointer() const; ///< where problems about it point to
};

/// The form of a card: a node, an input or an output (`@name`). Empty for a name that does not exist.
std::vector<Field> fieldsOfCard(const Recipe& recipe, const Catalogue& effects, const std::string& card);
/// The handles, in the recipe's order.
std::vector<Field> fieldsOfHandles(const Recipe& recipe, const Catalogue& effects);
/// Size, rate and length of the film.
std::vector<Field> fieldsOfCanvas(const Recipe& recipe);

/// Writes a value; none puts the default back. Clamps nothing: the field's reader has done that.
Result<Recipe> writeField(const Recipe& recipe, const Field& field, std::optional<Json> value);

/// What an artist typed, as a literal of the field: arithmetic is accepted for numbers (`12*2`), numbers are clamped and
/// whole where the kind says so. BadInput says what was expected.
Result<Json> literalOfText(const Field& field, const QString& text);
Json literalOfNumber(const Field& field, double number);
Json literalOfColour(const QColor& colour);
/// An animated form from its text: JSON with `keys`, `expr`, `bind` or `param`, or a bare expression.
Result<Json> formulaOfText(const QString& text);
/// + − × ÷ and parentheses over plain numbers.
Result<double> arithmetic(const QString& text);
/// Enough digits to tell two steps apart, no more.
QString numberText(double number, double step);

} // namespace artdag
