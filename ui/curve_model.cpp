// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_model.h"

#include "core/plan/plan.h"
#include "ui/qt_std.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr int samples = 240; ///< of a curve over the window

/// Values of a field's argument at instants, by component.
std::vector<std::vector<double>> valuesOf(const Plan& plan, const FieldPlace& place, double first, double last)
{
    std::vector<std::vector<double>> curves;
    const int node = plan.graph->node(place.node);
    if (node < 0)
        return curves;
    const Effect& effect = *plan.graph->nodes[static_cast<std::size_t>(node)].entry->effect;
    const std::vector<Param>& params = place.item >= 0 ? effect.itemParams : effect.params;
    const auto param = std::ranges::find(params, std::string_view(place.argument), &Param::name);
    if (param == params.end())
        return curves;
    const auto index = static_cast<std::size_t>(param - params.begin());
    for (int i = 0; i < samples; ++i) {
        const EvaluatedArguments values = evaluateArgumentsAt(plan, node, flicksOfSeconds(first + (last - first) * i / (samples - 1)));
        const auto item = static_cast<std::size_t>(std::max(0, place.item));
        if (place.item >= 0 && item >= values.items.size())
            return {};
        const std::vector<double> numbers = componentsOf(place.item >= 0 ? values.items[item].values[index] : values.values[index]);
        curves.resize(std::min<std::size_t>(numbers.size(), 3)); // a colour's alpha is not drawn
        for (std::size_t component = 0; component < curves.size(); ++component)
            curves[component].push_back(numbers[component]);
    }
    return curves;
}
} // namespace

CurveModel::CurveModel(Document& document, Player& player, TimeWindow& window, QObject* parent)
    : QAbstractListModel(parent),
      m_document(&document),
      m_player(&player),
      m_window(&window)
{
    m_sampleSoon.setSingleShot(true);
    m_sampleSoon.setInterval(120);
    connect(&m_sampleSoon, &QTimer::timeout, this, &CurveModel::sample);
    connect(m_window, &TimeWindow::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowTotal() - 1), {CurvesRole, KeysRole});
        m_sampleSoon.start();
    });
}

void CurveModel::setFields(FieldModel& card, FieldModel& handles)
{
    m_card = &card;
    m_handles = &handles;
    for (FieldModel* model : {m_card, m_handles}) {
        connect(model, &FieldModel::othersShown, this, &CurveModel::rebuild);
        connect(model, &FieldModel::dataChanged, this, &CurveModel::rebuild);
    }
    rebuild();
}

FieldModel* CurveModel::source() const
{
    return m_card->card().isEmpty() ? m_handles : m_card;
}

bool CurveModel::isDrawn(const Field& field) const
{
    const FieldForm form = field.form();
    if (form == FieldForm::Literal || form == FieldForm::Parameter || field.place.kind == FieldPlace::Kind::Parameter)
        return false;
    return form != FieldForm::Keys
        || (!field.shown()["keys"].empty() && !numbersOf(field.shown()["keys"][0].size() > 1 ? field.shown()["keys"][0][1] : Json()).empty());
}

void CurveModel::rebuild()
{
    std::vector<Row> rows;
    for (const Field& field : source()->fields()) {
        if (!isDrawn(field))
            continue;
        Row row{field, keysOf(field.shown(), m_player->rate()), {}};
        rows.push_back(std::move(row));
    }
    const bool same = std::ranges::equal(rows, m_rows, [](const Row& a, const Row& b) { return a.field.place == b.field.place; });
    for (std::size_t i = 0; same && i < rows.size(); ++i) {
        rows[i].sampled = std::move(m_rows[i].sampled);
        rows[i].low = m_rows[i].low;
        rows[i].high = m_rows[i].high;
    }
    if (!same)
        beginResetModel();
    m_rows = std::move(rows);
    // While a key is dragged the range stands still under it.
    if (m_dragRow < 0)
        for (Row& row : m_rows)
            findRange(row);
    if (same) {
        dropGoneKeys();
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowTotal() - 1));
    } else {
        m_selected.clear();
        m_selectedRow = -1;
        endResetModel();
        Q_EMIT countChanged();
        Q_EMIT selectionChanged();
    }
    Q_EMIT stillChanged();
    m_sampleSoon.start();
}

/// What an undo has taken away is not selected any more.
void CurveModel::dropGoneKeys()
{
    const auto count = m_selectedRow < 0 || m_selectedRow >= rowTotal() ? 0 : static_cast<int>(m_rows[static_cast<std::size_t>(m_selectedRow)].keys.size());
    if (std::erase_if(m_selected, [count](int key) { return key >= count; }) > 0)
        Q_EMIT selectionChanged();
}

/// What the curve and its keys reach, with a little air.
void CurveModel::findRange(Row& row) const
{
    double low = INFINITY, high = -INFINITY;
    const auto take = [&](double number) {
        low = std::min(low, number);
        high = std::max(high, number);
    };
    for (const CurveKey& key : row.keys)
        std::ranges::for_each(numbersOf(key.value), take);
    for (const auto& curve : row.keys.empty() ? row.sampled : curvesOf(row))
        std::ranges::for_each(curve, take);
    if (!(low <= high)) {
        low = 0;
        high = 1;
    }
    const double air = high > low ? (high - low) * 0.08 : std::max(0.5, std::abs(high) * 0.25);
    row.low = low - air;
    row.high = high + air;
}

double CurveModel::secondsAt(double position) const
{
    return m_window->frameOf(position) / m_player->rate().perSecond();
}

std::vector<std::vector<double>> CurveModel::curvesOf(const Row& row) const
{
    std::vector<std::vector<double>> curves;
    for (int i = 0; i < samples; ++i) {
        const std::vector<double> numbers = numbersAt(row.keys, secondsAt(static_cast<double>(i) / (samples - 1)));
        curves.resize(numbers.size());
        for (std::size_t component = 0; component < numbers.size(); ++component)
            curves[component].push_back(numbers[component]);
    }
    return curves;
}

/// Asks the plan for what follows something.
void CurveModel::sample()
{
    if (m_engine == nullptr || m_document->inGesture())
        return;
    std::vector<FieldPlace> places, flat; // the plan has the names of the flat recipe
    for (const Row& row : m_rows) {
        if (!row.keys.empty())
            continue;
        flat.push_back(places.emplace_back(row.field.place));
        flat.back().node = source()->scope().flatName(flat.back().node);
    }
    const PreviewTarget target = m_card->card().isEmpty() || !m_targetOf ? targetOfFilm(*m_document->recipe()) : m_targetOf(m_card->card());
    if (places.empty() || target.empty())
        return;
    m_engine->askPlan(Urgency::Idle, "timeline-curves", target, 0.125,
        [this, places, flat, first = secondsAt(0), last = secondsAt(1)](const Plan& plan, const CancelToken& cancel) -> PreviewEngine::Finish {
            std::vector<std::vector<std::vector<double>>> all;
            for (const FieldPlace& place : flat)
                all.push_back(cancel.cancelled() ? std::vector<std::vector<double>>() : valuesOf(plan, place, first, last));
            return [this, places, all] {
                for (int row = 0; row < rowTotal(); ++row) {
                    Row& each = m_rows[static_cast<std::size_t>(row)];
                    const auto found = std::ranges::find(places, each.field.place);
                    if (found == places.end() || !each.keys.empty())
                        continue;
                    each.sampled = all[static_cast<std::size_t>(found - places.begin())];
                    findRange(each);
                    tell(row);
                }
            };
        });
}

void CurveModel::tell(int row)
{
    Q_EMIT dataChanged(index(row), index(row));
}

QHash<int, QByteArray> CurveModel::roleNames() const
{
    return {{TitleRole, "title"}, {FormRole, "form"}, {FollowsRole, "follows"}, {LowRole, "low"}, {HighRole, "high"}, {CurvesRole, "curves"},
        {KeysRole, "keys"}};
}

QVariantList CurveModel::keysFor(const Row& row, int index) const
{
    QVariantList list;
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
        const double at = m_window->positionOf(row.keys[i].time * m_player->rate().perSecond());
        const std::vector<double> numbers = numbersOf(row.keys[i].value);
        for (std::size_t component = 0; component < numbers.size(); ++component)
            list.append(QVariantMap{{QStringLiteral("key"), static_cast<int>(i)}, {QStringLiteral("component"), static_cast<int>(component)},
                {QStringLiteral("at"), at}, {QStringLiteral("y"), (numbers[component] - row.low) / (row.high - row.low)},
                {QStringLiteral("ease"), easeName(row.keys[i].ease)}, {QStringLiteral("value"), numberText(numbers[component], row.field.step)},
                {QStringLiteral("chosen"), index == m_selectedRow && m_selected.contains(static_cast<int>(i))}});
    }
    return list;
}

QVariant CurveModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowTotal())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case TitleRole: return row.field.title;
    case FormRole:
        return row.field.form() == FieldForm::Keys
            ? QStringLiteral("keys")
            : (row.field.form() == FieldForm::Binding ? QStringLiteral("binding") : QStringLiteral("expression"));
    case FollowsRole:
        if (row.field.form() == FieldForm::Binding)
            return tr("follows %1")
                .arg(row.field.shown()["bind"].is_string() ? toQt(row.field.shown()["bind"].get_ref<const std::string&>()) : QString());
        return row.field.form() == FieldForm::Expression ? row.field.formula() : QString();
    case LowRole: return numberText(row.low, row.field.step);
    case HighRole: return numberText(row.high, row.field.step);
    case CurvesRole: {
        QVariantList list;
        for (const auto& curve : row.keys.empty() ? row.sampled : curvesOf(row)) {
            QList<double> ys;
            for (const double number : curve)
                ys.append((number - row.low) / (row.high - row.low));
            list.append(QVariant::fromValue(ys));
        }
        return list;
    }
    case KeysRole: return keysFor(row, index.row());
    default: return {};
    }
}

QVariantList CurveModel::still() const
{
    QVariantList list;
    if (m_card == nullptr)
        return list;
    const std::vector<Field>& fields = source()->fields();
    for (std::size_t row = 0; row < fields.size(); ++row)
        if (fields[row].animatable && fields[row].form() == FieldForm::Literal && !numbersOf(fields[row].shown()).empty())
            list.append(QVariantMap{{QStringLiteral("row"), static_cast<int>(row)}, {QStringLiteral("title"), fields[row].title}});
    return list;
}

} // namespace artdag
