// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/field_model.h"

#include "core/recipe/edit_recipe.h"
#include "ui/field_motion.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>

namespace artdag {

FieldModel::FieldModel(Document& document, const Catalogue& effects, Source source, GraphScope* scope, QObject* parent)
    : QAbstractListModel(parent),
      m_own(scope != nullptr ? nullptr : std::make_unique<GraphScope>(document)),
      m_scope(scope != nullptr ? scope : m_own.get()),
      m_effects(&effects),
      m_source(source)
{
    connect(m_scope, &GraphScope::recipeChanged, this, &FieldModel::rebuild);
    rebuild();
}

int FieldModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rowTotal();
}

QHash<int, QByteArray> FieldModel::roleNames() const
{
    return {{KindRole, "kind"}, {TitleRole, "title"}, {HelpRole, "help"}, {UnitRole, "unit"}, {HeadingRole, "heading"}, {FormRole, "form"},
        {NumberRole, "number"}, {FractionRole, "fraction"}, {BoundedRole, "bounded"}, {TextRole, "value"}, {ColourRole, "colour"},
        {XTextRole, "xText"}, {YTextRole, "yText"}, {OnRole, "on"}, {ChoicesRole, "choices"}, {ChoiceRole, "choice"}, {StopsRole, "stops"},
        {FormulaRole, "formula"}, {AnimatableRole, "animatable"}, {ChangedRole, "changed"}, {HandleRole, "handle"},
        {CanBeHandleRole, "canBeHandle"}, {ErrorRole, "error"}, {PlaceRole, "place"}, {KeysRole, "keys"}, {KeyHereRole, "keyHere"},
        {EaseRole, "ease"}, {FollowRole, "follow"}, {CanFollowRole, "canFollow"}, {NowRole, "now"}};
}

QVariantList FieldModel::stopsOf(const Field& field) const
{
    QVariantList stops;
    const Json& json = field.shown();
    if (field.kind != ParamKind::Gradient || !json.is_array())
        return stops;
    for (const auto& stop : json) {
        if (!stop.is_array() || stop.size() != 2 || !stop[0].is_number())
            continue;
        Field one;
        one.value = stop[1];
        stops.append(QVariantMap{{QStringLiteral("position"), stop[0].get<double>()}, {QStringLiteral("colour"), one.colour()}});
    }
    return stops;
}

QVariant FieldModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !valid(index.row()))
        return {};
    const Field field = atPlayhead(index.row());
    const Field& written = m_fields[static_cast<std::size_t>(index.row())];
    switch (role) {
    case KindRole: return QString::fromLatin1(nameOf(field.kind));
    case TitleRole: return field.title;
    case HelpRole: return field.help;
    case UnitRole: return field.unit;
    case HeadingRole: return index.row() > 0 && m_fields[static_cast<std::size_t>(index.row()) - 1].group == field.group ? QString() : field.group;
    case FormRole: return static_cast<int>(written.form());
    case NumberRole: return field.number();
    case FractionRole: return field.bounded() ? std::clamp((field.number() - field.least) / (field.most - field.least), 0.0, 1.0) : 0.0;
    case BoundedRole: return field.bounded();
    case TextRole: return field.text();
    case ColourRole: return field.colour();
    case XTextRole: return numberText(field.point().x(), field.step);
    case YTextRole: return numberText(field.point().y(), field.step);
    case OnRole: return field.shown().is_boolean() && field.shown().get<bool>();
    case ChoicesRole: return field.choices;
    case ChoiceRole: return field.choices.indexOf(field.text());
    case StopsRole: return stopsOf(field);
    case FormulaRole: return written.formula();
    case KeysRole: return keyCount(written);
    case KeyHereRole: return hasKeyAt(written, m_frame, rate());
    case EaseRole: return easeAt(written, m_frame, rate());
    case FollowRole: return followParts(written);
    case CanFollowRole: return canFollow(written);
    case NowRole: {
        const auto now = m_now.find(index.row());
        Field literal = written;
        if (now != m_now.end())
            literal.value = now->second;
        return now == m_now.end() ? QString() : literal.text();
    }
    case AnimatableRole: return field.animatable;
    case ChangedRole: return written.value.has_value() && *written.value != written.initial;
    case HandleRole: return field.isHandle;
    case CanBeHandleRole: return !field.handle.empty();
    case PlaceRole: return field.pointer();
    case ErrorRole: {
        if (const auto typed = m_errors.find(index.row()); typed != m_errors.end())
            return typed->second;
        const std::string pointer = toStd(field.pointer());
        for (const Problem& problem : m_problems) {
            if (problem.pointer == pointer || problem.pointer.starts_with(pointer + "/"))
                return problem.hint.empty() ? toQt(problem.message) : toQt(problem.message + " " + problem.hint);
        }
        return QString();
    }
    default: return {};
    }
}

QString FieldModel::help() const
{
    const Node* node = m_scope->recipe()->node(toStd(m_card));
    const CatalogueEntry* entry = node == nullptr ? nullptr : m_effects->find(node->effect);
    if (entry != nullptr)
        return toQt(entry->effect->help);
    if (node != nullptr && !node->group.empty()) {
        const Group* group = m_scope->recipe()->group(node->group);
        return group == nullptr ? tr("The group '%1' is not in this recipe.").arg(toQt(node->group)) : toQt(group->description);
    }
    return node == nullptr ? QString() : tr("The effect '%1' is not in this build. The node is kept as it is.").arg(toQt(node->effect));
}

QString FieldModel::effectTitle() const
{
    const Node* node = m_scope->recipe()->node(toStd(m_card));
    const CatalogueEntry* entry = node == nullptr ? nullptr : m_effects->find(node->effect);
    if (entry != nullptr)
        return toQt(entry->effect->title.empty() ? entry->name : entry->effect->title);
    if (node != nullptr && !node->group.empty())
        return tr("Group");
    return node == nullptr ? (m_card.startsWith(QLatin1Char('@')) ? tr("Output") : tr("Input")) : toQt(node->effect);
}

void FieldModel::setCard(const QString& card)
{
    if (m_card == card)
        return;
    endDrag();
    Q_EMIT aboutToShowOthers();
    m_card = card;
    show(read());
    Q_EMIT cardChanged();
    Q_EMIT othersChanged();
}

void FieldModel::setSelected(const std::set<std::string>& names)
{
    m_selected = names;
    Q_EMIT othersChanged();
}

std::vector<std::string> FieldModel::others() const
{
    const std::string card = toStd(m_card);
    const Node* shown = m_scope->recipe()->node(card);
    std::vector<std::string> found;
    for (const std::string& name : m_selected) {
        const Node* node = m_scope->recipe()->node(name);
        if (shown != nullptr && node != nullptr && name != card && node->effect == shown->effect && node->group == shown->group)
            found.push_back(name);
    }
    return found;
}

std::vector<Field> FieldModel::read() const
{
    const Recipe& recipe = *m_scope->recipe();
    switch (m_source) {
    case Source::Card: return fieldsOfCard(recipe, *m_effects, toStd(m_card));
    case Source::Handles: return fieldsOfHandles(recipe, *m_effects);
    case Source::Canvas: return fieldsOfCanvas(recipe);
    }
    return {};
}

void FieldModel::rebuild()
{
    std::vector<Field> fields = read();
    if (!std::ranges::equal(fields, m_fields, [](const Field& a, const Field& b) { return a.place == b.place && a.kind == b.kind; })) {
        endDrag();
        Q_EMIT aboutToShowOthers(); // which may write what was typed
        show(read());
        return;
    }
    for (int row = 0; row < rowTotal(); ++row) {
        Field& old = field(row);
        Field& now = fields[static_cast<std::size_t>(row)];
        const bool differs = old.shown() != now.shown() || old.value.has_value() != now.value.has_value() || old.isHandle != now.isHandle || old.group != now.group;
        old = std::move(now);
        if (differs) {
            m_errors.erase(row);
            m_now.erase(row);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    evaluate();
}

void FieldModel::show(std::vector<Field> fields)
{
    const int before = rowTotal(), now = static_cast<int>(fields.size()), kept = std::min(before, now);
    m_errors.clear();
    m_now.clear();
    if (now < before) {
        beginRemoveRows({}, now, before - 1);
        m_fields = std::move(fields);
        endRemoveRows();
    } else if (now > before) {
        beginInsertRows({}, before, now - 1);
        m_fields = std::move(fields);
        endInsertRows();
    } else {
        m_fields = std::move(fields);
    }
    evaluate();
    if (kept > 0)
        Q_EMIT dataChanged(index(0), index(kept - 1));
    Q_EMIT othersShown();
    if (now != before)
        Q_EMIT countChanged();
}

void FieldModel::setProblems(const std::vector<Problem>& problems)
{
    if (m_problems.empty() && problems.empty())
        return;
    m_problems = problems;
    if (rowTotal() > 0)
        Q_EMIT dataChanged(index(0), index(rowTotal() - 1), {ErrorRole});
}

void FieldModel::setError(int row, const QString& message)
{
    if (message.isEmpty())
        m_errors.erase(row);
    else
        m_errors[row] = message;
    Q_EMIT dataChanged(index(row), index(row), {ErrorRole, TextRole, FormulaRole});
}

void FieldModel::write(int row, std::optional<Json> value)
{
    if (value && field(row).form() == FieldForm::Keys)
        value = withKeyAt(field(row), *value, m_frame, rate());
    writeArgument(row, std::move(value));
}

void FieldModel::writeArgument(int row, std::optional<Json> value)
{
    const QString title = field(row).title;
    Field at = field(row);
    Result<Recipe> next = writeField(*m_scope->recipe(), at, value);
    if (at.place.kind == FieldPlace::Kind::Argument)
        for (std::string& name : others()) {
            at.place.node = std::move(name);
            if (next)
                next = writeField(*next, at, value);
        }
    if (m_dragging)
        m_scope->change(std::move(next));
    else
        m_scope->apply(std::move(next), title);
}

bool FieldModel::setText(int row, const QString& text)
{
    if (!valid(row) || (field(row).form() <= FieldForm::Keys && atPlayhead(row).text() == text))
        return true;
    Result<Json> value = literalOfText(field(row), text);
    if (!value) {
        setError(row, wordsOf(value.error()));
        return false;
    }
    setError(row, {});
    write(row, std::move(*value));
    return true;
}

void FieldModel::setComponentText(int row, int component, const QString& text)
{
    if (!valid(row))
        return;
    const Result<double> number = arithmetic(text);
    if (!number) {
        setError(row, wordsOf(number.error()));
        return;
    }
    const QPointF old = atPlayhead(row).point();
    Json value = Json::array({literalOfNumber(field(row), component == 0 ? *number : old.x()), literalOfNumber(field(row), component == 1 ? *number : old.y())});
    setError(row, {});
    if (value != atPlayhead(row).shown())
        write(row, std::move(value));
}

void FieldModel::setOn(int row, bool on)
{
    if (valid(row))
        write(row, Json(on));
}

void FieldModel::setChoice(int row, int choice)
{
    if (valid(row) && choice >= 0 && choice < field(row).choices.size() && atPlayhead(row).text() != field(row).choices[choice])
        write(row, Json(toStd(field(row).choices[choice])));
}

void FieldModel::setColour(int row, const QColor& colour)
{
    if (valid(row) && colour.isValid())
        write(row, literalOfColour(colour));
}

void FieldModel::writeStops(int row, const std::function<void(Json&)>& edit)
{
    if (!valid(row) || !field(row).shown().is_array())
        return;
    Json stops = field(row).shown();
    edit(stops);
    std::stable_sort(stops.begin(), stops.end(), [](const Json& a, const Json& b) { return a[0].get<double>() < b[0].get<double>(); });
    if (stops != field(row).shown())
        write(row, std::move(stops));
}

void FieldModel::setStopColour(int row, int stop, const QColor& colour)
{
    writeStops(row, [&](Json& stops) {
        if (stop >= 0 && stop < static_cast<int>(stops.size()))
            stops[static_cast<std::size_t>(stop)][1] = literalOfColour(colour);
    });
}

void FieldModel::dragStop(int row, int stop, double position)
{
    if (!m_dragging)
        return;
    writeStops(row, [&](Json& stops) {
        if (stop < 0 || stop >= static_cast<int>(stops.size()))
            return;
        // A stop stays between its neighbours, so that it keeps its number while it is dragged.
        const auto at = static_cast<std::size_t>(stop);
        const double least = stop > 0 ? stops[at - 1][0].get<double>() : 0;
        const double most = at + 1 < stops.size() ? stops[at + 1][0].get<double>() : 1;
        stops[at][0] = std::round(std::clamp(position, least, most) * 1000) / 1000;
    });
}

void FieldModel::addStop(int row, double position)
{
    writeStops(row, [&](Json& stops) {
        std::size_t nearest = 0;
        for (std::size_t i = 1; i < stops.size(); ++i) {
            if (std::abs(stops[i][0].get<double>() - position) < std::abs(stops[nearest][0].get<double>() - position))
                nearest = i;
        }
        const Json colour = stops.empty() ? Json("#ffffff") : stops[nearest][1];
        stops.push_back(Json::array({std::round(std::clamp(position, 0.0, 1.0) * 1000) / 1000, colour}));
    });
}

void FieldModel::removeStop(int row, int stop)
{
    writeStops(row, [&](Json& stops) {
        if (stop >= 0 && stop < static_cast<int>(stops.size()) && stops.size() > 2)
            stops.erase(static_cast<std::size_t>(stop));
    });
}

bool FieldModel::setFormula(int row, const QString& text)
{
    if (!valid(row) || field(row).formula() == text)
        return true;
    Result<Json> value = formulaOfText(text);
    if (!value) {
        setError(row, wordsOf(value.error()));
        return false;
    }
    setError(row, {});
    writeArgument(row, std::move(*value));
    return true;
}

void FieldModel::reset(int row)
{
    if (valid(row) && field(row).value && field(row).place.kind != FieldPlace::Kind::Parameter)
        write(row, std::nullopt);
}

void FieldModel::toggleHandle(int row)
{
    if (!valid(row) || field(row).handle.empty())
        return;
    const bool shown = field(row).isHandle;
    m_scope->apply(setHandle(*m_scope->recipe(), field(row).handle, !shown), shown ? tr("Hide handle") : tr("Show handle"));
}

void FieldModel::newSeed(int row)
{
    if (valid(row) && field(row).kind == ParamKind::Seed)
        write(row, literalOfNumber(field(row), std::fmod(std::floor(field(row).number()) * 48271 + 11, 99991)));
}

QString FieldModel::handleAt(int row) const
{
    return valid(row) ? toQt(std::string_view(m_fields[static_cast<std::size_t>(row)].handle)) : QString();
}

void FieldModel::beginDrag(int row)
{
    if (!valid(row))
        return;
    m_dragging = true;
    m_dragStart = atPlayhead(row).shown();
    m_errors.erase(row);
    m_scope->beginGesture(field(row).title);
}

void FieldModel::drag(int row, double pixels, bool fine, bool coarse)
{
    if (!valid(row) || !m_dragging)
        return;
    Field start = field(row);
    start.value = m_dragStart;
    const double steps = std::trunc(pixels / 2) * (fine ? 0.1 : (coarse ? 10 : 1));
    const Json value = literalOfNumber(start, start.number() + steps * start.step);
    if (value != atPlayhead(row).shown())
        write(row, value);
}

void FieldModel::dragComponent(int row, int component, double pixels, bool fine)
{
    if (!valid(row) || !m_dragging)
        return;
    Field start = field(row);
    start.value = m_dragStart;
    QPointF point = start.point();
    const double by = std::trunc(pixels / 2) * (fine ? 0.1 : 1) * start.step;
    (component == 0 ? point.rx() : point.ry()) += by;
    Json value = Json::array({literalOfNumber(start, point.x()), literalOfNumber(start, point.y())});
    if (value != atPlayhead(row).shown())
        write(row, std::move(value));
}

void FieldModel::dragFraction(int row, double fraction)
{
    if (m_dragging)
        setFraction(row, fraction);
}

void FieldModel::setFraction(int row, double fraction)
{
    if (!valid(row) || !field(row).bounded())
        return;
    const Field& now = field(row);
    // A slider moves in steps, or in hundredths of its range where a step is finer than that.
    const double step = std::max(now.step, std::pow(10, std::floor(std::log10((now.most - now.least) / 400))));
    const double number = now.least + fraction * (now.most - now.least);
    const Json value = literalOfNumber(now, fraction <= 0 ? now.least : (fraction >= 1 ? now.most : std::round(number / step) * step));
    if (value != atPlayhead(row).shown())
        write(row, value);
}

void FieldModel::endDrag()
{
    if (!m_dragging)
        return;
    m_dragging = false;
    m_scope->endGesture();
}

} // namespace artdag
