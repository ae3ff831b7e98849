// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that move: keyframes at the playhead, what a row follows, parameters of the recipe it takes.
#include "core/effect/expression_words.h"
#include "core/formula/formula_math.h"
#include "ui/field_model.h"
#include "ui/field_motion.h"
#include "ui/qt_std.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include <cmath>

namespace artdag {

namespace {
constexpr const char* linkType = "application/x-artdag-parameter"; // where the copied argument stands
}

Field FieldModel::atPlayhead(int row) const
{
    Field field = m_fields[static_cast<std::size_t>(row)];
    if (field.form() == FieldForm::Keys) {
        if (const auto now = m_now.find(row); now != m_now.end())
            field.value = now->second;
    }
    return field;
}

void FieldModel::setFrame(std::int64_t frame)
{
    if (m_frame == frame)
        return;
    m_frame = frame;
    evaluate();
    for (int row = 0; row < rowTotal(); ++row) {
        if (field(row).form() == FieldForm::Keys)
            Q_EMIT dataChanged(index(row), index(row), {KeyHereRole, EaseRole});
    }
}

void FieldModel::evaluate()
{
    const double seconds = secondsOfFlicks(timeOfFrame(m_frame, rate()));
    for (int row = 0; row < rowTotal(); ++row) {
        const std::optional<Json> now = literalAt(*m_scope->recipe(), *m_effects, field(row), seconds);
        const auto old = m_now.find(row);
        if (now ? old != m_now.end() && old->second == *now : old == m_now.end())
            continue;
        if (now)
            m_now.insert_or_assign(row, *now);
        else
            m_now.erase(row);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

QVariantMap FieldModel::followParts(const Field& field) const
{
    if (field.form() != FieldForm::Binding)
        return {};
    const Json& json = field.shown();
    const auto number = [&](const char* member) { return json.contains(member) && json[member].is_number() ? json[member].get<double>() : 0.0; };
    const auto end = [&](std::size_t which) {
        const bool written = json.contains("range") && json["range"].is_array() && json["range"].size() == 2 && json["range"][which].is_number();
        return numberText(written ? json["range"][which].get<double>() : static_cast<double>(which), field.step);
    };
    const QString map = json.contains("map") && json["map"].is_string() ? toQt(json["map"].get_ref<const std::string&>()) : QStringLiteral("linear");
    return {{QStringLiteral("title"), json["bind"].is_string() ? toQt(json["bind"].get_ref<const std::string&>()) : QString()}, {QStringLiteral("words"), followWords(field)},
        {QStringLiteral("low"), end(0)}, {QStringLiteral("high"), end(1)}, {QStringLiteral("smooth"), numberText(number("smooth"), 0.01)},
        {QStringLiteral("offset"), numberText(number("offset"), 0.01)}, {QStringLiteral("decay"), numberText(number("decay"), 0.01)},
        {QStringLiteral("noise"), numberText(number("noise"), 0.01)}, {QStringLiteral("map"), map}};
}

void FieldModel::toggleKey(int row)
{
    if (!valid(row) || !field(row).animatable)
        return;
    const Field now = field(row);
    if (hasKeyAt(now, m_frame, rate())) {
        writeArgument(row, withoutKeyAt(now, m_frame, rate()));
        return;
    }
    // An expression becomes the key of what it gives here; what an analysis leads has no value that is known here.
    const auto here = m_now.find(row);
    const Json& literal = here != m_now.end() ? here->second : (now.form() == FieldForm::Literal ? now.shown() : now.initial);
    writeArgument(row, withKeyAt(now, literal, m_frame, rate()));
}

void FieldModel::goToKey(int row, int step)
{
    if (!valid(row))
        return;
    if (const auto frame = keyFrom(field(row), m_frame, step, rate()))
        Q_EMIT frameWanted(*frame);
}

void FieldModel::setEase(int row, const QString& ease)
{
    if (valid(row) && hasKeyAt(field(row), m_frame, rate()) && easeAt(field(row), m_frame, rate()) != ease)
        writeArgument(row, withEaseAt(field(row), m_frame, ease, rate()));
}

QVariantList FieldModel::followChoices(int row) const
{
    QVariantList list;
    if (!valid(row))
        return list;
    for (const FollowChoice& choice : artdag::followChoices(*m_scope->recipe(), *m_effects, m_fields[static_cast<std::size_t>(row)]))
        list.append(QVariantMap{{QStringLiteral("id"), choice.id}, {QStringLiteral("title"), choice.title}, {QStringLiteral("made"), choice.made}});
    return list;
}

void FieldModel::follow(int row, const QString& id)
{
    if (valid(row))
        m_scope->apply(artdag::follow(*m_scope->recipe(), *m_effects, field(row), id), tr("Follow"));
}

void FieldModel::setFollowMember(int row, const QString& member, const QString& text)
{
    if (!valid(row) || field(row).form() != FieldForm::Binding)
        return;
    const Field now = field(row);
    if (member == QLatin1String("map")) {
        writeArgument(row, withFollowMember(now, "map", text == QLatin1String("linear") ? std::nullopt : std::optional<Json>(toStd(text))));
        return;
    }
    const Result<double> number = arithmetic(text);
    if (!number) {
        setError(row, wordsOf(number.error()));
        return;
    }
    setError(row, {});
    if (member == QLatin1String("low") || member == QLatin1String("high")) {
        const QVariantMap parts = followParts(now);
        const std::size_t which = member == QLatin1String("high") ? 1 : 0;
        Json range = now.shown().contains("range") ? now.shown()["range"] : Json::array({0, 1});
        if (range.is_array() && range.size() == 2)
            range[which] = literalOfNumber(now, *number);
        writeArgument(row, withFollowMember(now, "range", range));
        return;
    }
    writeArgument(row, withFollowMember(now, toStd(member).c_str(), *number == 0 ? std::nullopt : std::optional<Json>(*number)));
}

void FieldModel::makeExpression(int row)
{
    if (!valid(row) || field(row).form() == FieldForm::Expression)
        return;
    const auto here = m_now.find(row);
    const Json& literal = here != m_now.end() ? here->second : (field(row).form() == FieldForm::Literal ? field(row).shown() : field(row).initial);
    Json parts = Json::array();
    if (field(row).kind == ParamKind::Colour) {
        Field colour = field(row);
        colour.value = literal;
        for (const double part : {colour.colour().redF(), colour.colour().greenF(), colour.colour().blueF()})
            parts.push_back(ecmaNumber(std::round(part * 1000) / 1000));
    } else if (literal.is_array()) {
        for (const Json& part : literal)
            parts.push_back(part.is_number() ? ecmaNumber(part.get<double>()) : "0");
    }
    writeArgument(row, Json{{"expr", parts.empty() ? Json(literal.is_number() ? ecmaNumber(literal.get<double>()) : "0") : parts}});
}

void FieldModel::makeConstant(int row)
{
    if (!valid(row) || field(row).form() == FieldForm::Literal)
        return;
    const auto here = m_now.find(row);
    writeArgument(row, here == m_now.end() ? std::nullopt : std::optional(here->second));
}

QStringList FieldModel::parameters(int row) const
{
    return valid(row) ? parametersFor(*m_scope->recipe(), m_fields[static_cast<std::size_t>(row)]) : QStringList();
}

QString FieldModel::parameterOf(int row) const
{
    if (!valid(row) || m_fields[static_cast<std::size_t>(row)].form() != FieldForm::Parameter)
        return {};
    const Json& name = m_fields[static_cast<std::size_t>(row)].shown()["param"];
    return name.is_string() ? toQt(name.get_ref<const std::string&>()) : QString();
}

void FieldModel::takeParameter(int row, const QString& name)
{
    if (valid(row))
        writeArgument(row, Json{{"param", toStd(name)}});
}

void FieldModel::makeParameter(int row)
{
    if (valid(row))
        m_scope->apply(artdag::makeParameter(*m_scope->recipe(), field(row)), tr("Make a parameter"));
}

void FieldModel::copy(int row) const
{
    if (!valid(row))
        return;
    const Field& field = m_fields[static_cast<std::size_t>(row)];
    auto* bag = new QMimeData;
    bag->setText(toQt(field.shown().dump()));
    bag->setData(QString::fromLatin1(linkType), field.pointer().toUtf8());
    QGuiApplication::clipboard()->setMimeData(bag);
}

void FieldModel::pasteLink(int row)
{
    if (!valid(row))
        return;
    const QMimeData* bag = QGuiApplication::clipboard()->mimeData(); // none where nothing was copied
    const QString pointer = bag == nullptr ? QString() : QString::fromUtf8(bag->data(QString::fromLatin1(linkType)));
    for (const Node& node : m_scope->recipe()->nodes)
        for (const Field& copied : fieldsOfCard(*m_scope->recipe(), *m_effects, node.name))
            if (copied.pointer() == pointer) {
                m_scope->apply(linkFields(*m_scope->recipe(), copied, field(row)), tr("Paste as a link"));
                return;
            }
    Q_EMIT refused(tr("Nothing to link to: copy a parameter of a node that is here first"));
}

void FieldModel::pasteCopied(int row)
{
    if (!valid(row))
        return;
    const QString text = QGuiApplication::clipboard()->text();
    const Result<Json> json = readJson(toStd(text));
    if (json && json->is_object())
        writeArgument(row, *json);
    else
        setText(row, json && json->is_string() ? toQt(json->get<std::string>()) : text);
}

QStringList FieldModel::completions(int row, const QString& text, int cursor) const
{
    int start = cursor;
    while (start > 0 && (text[start - 1].isLetterOrNumber() || text[start - 1] == QLatin1Char('_')))
        --start;
    const QString word = text.mid(start, cursor - start);
    QStringList found;
    if (!valid(row) || word.isEmpty() || word[0].isDigit())
        return found;
    const auto offer = [&](std::string_view name) {
        if (const QString each = toQt(name); each.startsWith(word) && each != word && !found.contains(each))
            found << each;
    };
    if (m_fields[static_cast<std::size_t>(row)].kind == ParamKind::Formula) {
        for (const std::string_view name : formulaFunctions())
            offer(name);
    } else {
        for (const std::string_view name : {"t", "frame", "pi", "tau", "if"})
            offer(name);
        for (const ExpressionFunction& function : expressionFunctions())
            offer(function.name);
        for (const RecipeParam& param : m_scope->recipe()->params)
            offer(param.name);
    }
    found.sort();
    return found.mid(0, 8);
}

} // namespace artdag
