// SPDX-License-Identifier: GPL-3.0-or-later
// What hands do to keys: the second half of CurveModel.
#include "ui/curve_model.h"
#include "ui/qt_std.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace artdag {

QString CurveModel::selectedText() const
{
    if (m_selected.size() != 1 || m_selectedRow < 0 || m_selectedRow >= rowTotal())
        return m_selected.empty() ? QString() : tr("%1 keys").arg(m_selected.size());
    const Row& row = m_rows[static_cast<std::size_t>(m_selectedRow)];
    const CurveKey& key = row.keys[static_cast<std::size_t>(*m_selected.begin())];
    QStringList numbers;
    for (const double number : numbersOf(key.value))
        numbers << numberText(number, row.field.step);
    return tr("%1 · %2 · %3")
        .arg(m_player->textOfFrame(framesOfSeconds(key.time, m_player->rate())), numbers.join(QStringLiteral(", ")), easeName(key.ease));
}

int CurveModel::keyAt(int row, double at, double y, double reachAt, double reachY) const
{
    if (row < 0 || row >= rowTotal())
        return -1;
    const Row& each = m_rows[static_cast<std::size_t>(row)];
    int nearest = -1;
    double away = 1;
    for (std::size_t i = 0; i < each.keys.size(); ++i) {
        const std::vector<double> numbers = numbersOf(each.keys[i].value);
        const double x = (m_window->positionOf(each.keys[i].time * m_player->rate().perSecond()) - at) / reachAt;
        for (std::size_t component = 0; component < numbers.size(); ++component) {
            const double distance = std::hypot(x, ((numbers[component] - each.low) / (each.high - each.low) - y) / reachY);
            if (distance <= away) {
                away = distance;
                nearest = static_cast<int>(i * 4 + component);
            }
        }
    }
    return nearest;
}

void CurveModel::select(int row, int key, bool extend)
{
    if (!extend || row != m_selectedRow)
        m_selected.clear();
    m_selectedRow = row;
    if (key >= 0 && row >= 0 && row < rowTotal() && key < static_cast<int>(m_rows[static_cast<std::size_t>(row)].keys.size()))
        m_selected.insert(key);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowTotal() - 1), {KeysRole});
    Q_EMIT selectionChanged();
}

void CurveModel::write(int row, std::vector<CurveKey> keys, const QString& label)
{
    const Field field = m_rows[static_cast<std::size_t>(row)].field;
    GraphScope& scope = source()->scope();
    Result<Recipe> next = writeField(*scope.recipe(), field, argumentOfKeys(std::move(keys)));
    if (m_dragRow >= 0)
        scope.change(std::move(next));
    else
        scope.apply(std::move(next), label);
}

void CurveModel::beginDrag(int row, int key)
{
    if (row < 0 || row >= rowTotal() || m_rows[static_cast<std::size_t>(row)].keys.empty())
        return;
    if (row != m_selectedRow || !m_selected.contains(key))
        select(row, key, false);
    m_document->beginGesture(m_rows[static_cast<std::size_t>(row)].field.title);
    m_dragRow = row;
    m_dragStart = m_rows[static_cast<std::size_t>(row)].keys;
}

void CurveModel::dragTo(int key, int component, double at, double y)
{
    if (m_dragRow < 0 || key < 0 || key >= static_cast<int>(m_dragStart.size()))
        return;
    const Row& row = m_rows[static_cast<std::size_t>(m_dragRow)];
    const Rate rate = m_player->rate();
    const auto frameOf = [&](int index) { return framesOfSeconds(m_dragStart[static_cast<std::size_t>(index)].time, rate); };
    const double wanted = m_window->frameOf(at);
    std::int64_t by = std::llround(m_snap ? m_snap(wanted) : wanted) - frameOf(key);
    // Keys stay between their neighbours that do not go along, so that they keep their number; and within the film.
    for (const int index : m_selected) {
        if (!m_selected.contains(index - 1))
            by = std::max<std::int64_t>(by, (index == 0 ? 0 : frameOf(index - 1) + 1) - frameOf(index));
        if (!m_selected.contains(index + 1))
            by = std::min<std::int64_t>(
                by, (index + 1 < static_cast<int>(m_dragStart.size()) ? frameOf(index + 1) - 1 : m_player->frames()) - frameOf(index));
    }
    std::vector<CurveKey> keys = m_dragStart;
    for (const int index : m_selected)
        keys[static_cast<std::size_t>(index)].time = secondsOfFlicks(timeOfFrame(frameOf(index) + by, rate));
    if (m_selected.size() == 1) {
        CurveKey& moved = keys[static_cast<std::size_t>(key)];
        const double number = row.low + y * (row.high - row.low);
        const Json written = literalOfNumber(row.field, std::round(number / row.field.step) * row.field.step);
        moved.value = withNumber(moved.value, static_cast<std::size_t>(component), written.get<double>());
    }
    write(m_dragRow, std::move(keys), {});
    Q_EMIT selectionChanged();
}

void CurveModel::endDrag()
{
    if (m_dragRow < 0)
        return;
    const int row = std::exchange(m_dragRow, -1);
    m_document->endGesture();
    if (row < rowTotal()) {
        findRange(m_rows[static_cast<std::size_t>(row)]);
        tell(row);
    }
}

void CurveModel::addKey(int row, double at, double y)
{
    if (row < 0 || row >= rowTotal())
        return;
    const Row& each = m_rows[static_cast<std::size_t>(row)];
    if (each.keys.empty()) {
        Q_EMIT refused(tr("%1: it %2, so it has no keys; press ƒ in its form to end that first")
                           .arg(each.field.title, each.field.form() == FieldForm::Binding ? tr("follows something") : tr("is an expression")));
        return;
    }
    const Rate rate = m_player->rate();
    const double time = secondsOfFlicks(timeOfFrame(std::clamp<std::int64_t>(std::llround(m_window->frameOf(at)), 0, m_player->frames()), rate));
    // One number: where it was clicked. A point keeps to its way.
    Json value = each.keys.front().value;
    const std::vector<double> numbers = numbersAt(each.keys, time);
    for (std::size_t component = 0; component < numbers.size(); ++component) {
        const double number = numbers.size() == 1 && y >= 0 ? each.low + y * (each.high - each.low) : numbers[component];
        value = withNumber(value, component, literalOfNumber(each.field, std::round(number / each.field.step) * each.field.step).get<double>());
    }
    std::vector<CurveKey> keys = withKey(each.keys, time, std::move(value), rate);
    const auto found
        = std::ranges::find_if(keys, [&](const CurveKey& key) { return framesOfSeconds(key.time, rate) == framesOfSeconds(time, rate); });
    const auto key = static_cast<int>(found - keys.begin());
    write(row, std::move(keys), tr("Add key"));
    select(row, key, false);
}

void CurveModel::removeSelected()
{
    if (m_selected.empty() || m_selectedRow < 0 || m_selectedRow >= rowTotal())
        return;
    const int row = m_selectedRow;
    std::vector<CurveKey> keys;
    const Row& each = m_rows[static_cast<std::size_t>(row)];
    for (std::size_t i = 0; i < each.keys.size(); ++i)
        if (!m_selected.contains(static_cast<int>(i)))
            keys.push_back(each.keys[i]);
    // The last key's value stays, and stands still.
    const Json last = each.keys.back().value;
    const Field field = each.field;
    select(row, -1, false);
    if (keys.empty())
        source()->scope().apply(writeField(*source()->scope().recipe(), field, last), tr("Delete keys"));
    else
        write(row, std::move(keys), tr("Delete keys"));
}

void CurveModel::cycleEase()
{
    if (m_selected.empty() || m_selectedRow < 0 || m_selectedRow >= rowTotal())
        return;
    std::vector<CurveKey> keys = m_rows[static_cast<std::size_t>(m_selectedRow)].keys;
    const Json ease = nextEase(keys[static_cast<std::size_t>(*m_selected.begin())].ease);
    for (const int index : m_selected)
        keys[static_cast<std::size_t>(index)].ease = ease;
    write(m_selectedRow, std::move(keys), tr("Ease"));
    Q_EMIT selectionChanged();
}

/// As the argument is written, so that another document or a text takes it too.
void CurveModel::copy() const
{
    if (m_selected.empty() || m_selectedRow < 0)
        return;
    std::vector<CurveKey> keys;
    for (const int index : m_selected)
        keys.push_back(m_rows[static_cast<std::size_t>(m_selectedRow)].keys[static_cast<std::size_t>(index)]);
    QGuiApplication::clipboard()->setText(toQt(argumentOfKeys(std::move(keys)).dump()));
}

/// The first of them at the playhead.
void CurveModel::paste()
{
    const Result<Json> json = readJson(toStd(QGuiApplication::clipboard()->text()));
    const std::vector<CurveKey> given = json ? keysOf(*json, m_player->rate()) : std::vector<CurveKey>();
    const int row = std::clamp(m_selectedRow, 0, rowTotal() - 1);
    if (given.empty() || m_rows.empty() || m_rows[static_cast<std::size_t>(row)].keys.empty()) {
        Q_EMIT refused(given.empty() ? tr("There are no keys in the clipboard") : tr("Select a row with keys to paste into"));
        return;
    }
    const Rate rate = m_player->rate();
    std::vector<CurveKey> keys = m_rows[static_cast<std::size_t>(row)].keys;
    const std::size_t numbers = numbersOf(keys.front().value).size();
    for (const CurveKey& key : given) {
        if (numbersOf(key.value).size() != numbers) {
            Q_EMIT refused(tr("%1: the keys in the clipboard have another number of values").arg(m_rows[static_cast<std::size_t>(row)].field.title));
            return;
        }
        const std::int64_t frame = m_player->frame() + framesOfSeconds(key.time, rate) - framesOfSeconds(given.front().time, rate);
        const double time = secondsOfFlicks(timeOfFrame(frame, rate));
        keys = withKey(std::move(keys), time, key.value, rate);
        for (CurveKey& each : keys)
            if (framesOfSeconds(each.time, rate) == frame)
                each.ease = key.ease;
    }
    write(row, std::move(keys), tr("Paste keys"));
}

void CurveModel::keyHere()
{
    const int row = std::max(0, m_selectedRow);
    if (row < rowTotal())
        addKey(row, m_window->playhead(), -1);
}

void CurveModel::animate(int formRow)
{
    const std::vector<Field>& fields = source()->fields();
    if (formRow < 0 || formRow >= static_cast<int>(fields.size()))
        return;
    const Field field = fields[static_cast<std::size_t>(formRow)];
    const double time = secondsOfFlicks(timeOfFrame(m_player->frame(), m_player->rate()));
    GraphScope& scope = source()->scope();
    scope.apply(writeField(*scope.recipe(), field, argumentOfKeys({{time, field.shown(), Json()}})), tr("Animate %1").arg(field.title.toLower()));
}

} // namespace artdag
