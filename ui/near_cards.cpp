// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/near_cards.h"

#include "ui/qt_std.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>

namespace artdag {

namespace {
constexpr qint64 patience = 1'500'000; // ns of a frame for views that come
constexpr int mostMadeInAFrame = 3;    // their texts are laid out later in the frame, which no clock here sees
constexpr int mostGivenInAFrame = 4;
constexpr int frame = 16;          // ms
constexpr qint64 leaveAfter = 250; // ms

QRectF grown(const QRectF& rect, double factor)
{
    const double x = rect.width() * (factor - 1) / 2, y = rect.height() * (factor - 1) / 2;
    return rect.adjusted(-x, -y, x, y);
}
} // namespace

NearCards::NearCards(QObject* parent)
    : QAbstractListModel(parent)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &NearCards::update);
    connect(this, &NearCards::changed, this, &NearCards::updateSoon);
}

QHash<int, QByteArray> NearCards::roleNames() const
{
    QHash<int, QByteArray> names = m_canvas != nullptr && m_canvas->graph() != nullptr ? m_canvas->graph()->roleNames() : QHash<int, QByteArray>();
    names.insert(shownRole, "shown");
    return names;
}

QVariant NearCards::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || m_canvas == nullptr)
        return {};
    const Slot& slot = m_slots[static_cast<std::size_t>(index.row())];
    const GraphModel* graph = m_canvas->graph();
    const int row = slot.name.empty() ? -1 : graph->scene().card(slot.name);
    if (role == shownRole)
        return row >= 0;
    if (row >= 0)
        return graph->data(graph->index(row), role);
    // Required properties want values of their kinds, also while nothing is shown.
    switch (role) {
    case GraphModel::CardXRole:
    case GraphModel::CardYRole:
    case GraphModel::CardWidthRole:
    case GraphModel::CardHeightRole: return 0.0;
    case GraphModel::SelectedRole:
    case GraphModel::BypassRole: return false;
    case GraphModel::BookmarkRole:
    case GraphModel::RowRole: return 0;
    case GraphModel::ThumbnailRole: return QImage();
    default: return QString();
    }
}

void NearCards::setCanvas(GraphCanvas* canvas)
{
    if (m_canvas == canvas)
        return;
    m_canvas = canvas;
    connect(m_canvas, &GraphCanvas::cameraChanged, this, &NearCards::updateSoon);
    connect(m_canvas, &QQuickItem::widthChanged, this, &NearCards::updateSoon);
    connect(m_canvas, &QQuickItem::heightChanged, this, &NearCards::updateSoon);
    connect(m_canvas, &GraphCanvas::graphChanged, this, &NearCards::watchGraph);
    watchGraph();
    Q_EMIT changed();
}

void NearCards::watchGraph()
{
    GraphModel* graph = m_canvas->graph();
    if (graph == nullptr)
        return;
    beginResetModel(); // now it has role names
    m_slots.clear();
    m_slotOf.clear();
    m_free.clear();
    endResetModel();
    connect(graph, &GraphModel::sceneChanged, this, &NearCards::update, Qt::UniqueConnection);
    connect(graph, &GraphModel::dataChanged, this, &NearCards::onData, Qt::UniqueConnection);
    updateSoon();
}

void NearCards::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    Q_EMIT changed();
}

void NearCards::updateSoon()
{
    if (!m_soon.isActive())
        m_soon.start(0);
}

void NearCards::onData(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles)
{
    const auto& cards = m_canvas->graph()->scene().cards();
    if (first.row() == last.row()) {
        const auto slot = m_slotOf.find(cards[static_cast<std::size_t>(first.row())].name);
        if (slot != m_slotOf.end())
            Q_EMIT dataChanged(index(slot->second), index(slot->second), roles);
        return;
    }
    if (!m_slots.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
}

/// Rows of cards that are no more are free. Those of cards that have been far for a while keep their views, which nobody sees,
/// until another card takes them over: hiding a view makes the scene graph begin anew.
void NearCards::dropGone(const GraphScene& scene, const QRectF& keep)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    bool later = false;
    m_far.clear();
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        Slot& slot = m_slots[i];
        if (slot.name.empty())
            continue;
        const int card = scene.card(slot.name);
        const bool gone = card < 0 || scene.cards()[static_cast<std::size_t>(card)].hidden;
        if (!gone && keep.intersects(scene.cards()[static_cast<std::size_t>(card)].rect)) {
            slot.leftAt = -1;
            continue;
        }
        if (slot.leftAt < 0)
            slot.leftAt = now;
        if (!gone && now - slot.leftAt < leaveAfter) {
            later = true;
            continue;
        }
        if (!gone && m_active) {
            m_far.push_back(static_cast<int>(i));
            continue;
        }
        m_slotOf.erase(slot.name);
        slot = {};
        m_free.push_back(static_cast<int>(i));
        Q_EMIT dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)), {shownRole});
    }
    if (later && !m_soon.isActive())
        m_soon.start(static_cast<int>(leaveAfter));
}

/// Cards near what is seen that have no row yet, those in the middle first.
std::vector<int> NearCards::wanted(const GraphScene& scene, const QRectF& near) const
{
    std::vector<int> cards;
    for (const int card : scene.cardsIn(near)) {
        if (!m_slotOf.contains(scene.cards()[static_cast<std::size_t>(card)].name))
            cards.push_back(card);
    }
    const auto away = [&](int card) { return (scene.cards()[static_cast<std::size_t>(card)].rect.center() - near.center()).manhattanLength(); };
    std::ranges::sort(cards, {}, away);
    return cards;
}

bool NearCards::give(const std::string& name, int& made)
{
    std::vector<int>& ready = m_free.empty() ? m_far : m_free;
    if (!ready.empty()) {
        const int slot = ready.back();
        ready.pop_back();
        m_slotOf.erase(m_slots[static_cast<std::size_t>(slot)].name);
        m_slots[static_cast<std::size_t>(slot)] = {name, -1};
        m_slotOf[name] = slot;
        Q_EMIT dataChanged(index(slot), index(slot));
        return true;
    }
    if (made >= mostMadeInAFrame)
        return false;
    ++made;
    const int slot = rowCount();
    beginInsertRows({}, slot, slot);
    m_slots.push_back({name, -1});
    m_slotOf[name] = slot;
    endInsertRows();
    return true;
}

void NearCards::update()
{
    if (m_canvas == nullptr || m_canvas->graph() == nullptr)
        return;
    const GraphScene& scene = m_canvas->graph()->scene();
    const QRectF seen = m_canvas->seen();
    dropGone(scene, m_active ? grown(seen, 1.5) : QRectF());
    if (!m_active)
        return;
    int made = 0, given = 0;
    QElapsedTimer clock;
    clock.start();
    for (const int card : wanted(scene, grown(seen, 1.25))) {
        if (shown() - static_cast<int>(m_far.size()) >= m_limit)
            break;
        if (given++ >= mostGivenInAFrame || clock.nsecsElapsed() > patience || !give(scene.cards()[static_cast<std::size_t>(card)].name, made)) {
            m_soon.start(frame);
            break;
        }
    }
    m_mostMade = std::max(m_mostMade, made);
}

} // namespace artdag
