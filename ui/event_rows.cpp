// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/event_rows.h"

#include "core/plan/signals.h"
#include "ui/qt_std.h"

#include <cmath>

namespace artdag {

namespace {
constexpr std::size_t mostRows = 12;
constexpr std::ptrdiff_t mostMarks = 2000; // more than fit on a screen

std::vector<Event> cutsOf(const Plan& plan, int node)
{
    const NodePort port{node, 0};
    const auto still = argumentsAt(plan, node, 0);
    std::vector<std::int64_t> cuts;
    plan.graph->nodes[static_cast<std::size_t>(node)].entry->effect->cuts(callOf(plan, port, *still, nullptr), cuts);
    std::vector<Event> events;
    for (const std::int64_t frame : cuts)
        if (frame > 0 && frame < plan.frames)
            events.push_back({timeOfFrame(frame, plan.canvas.rate), 1});
    return events;
}
} // namespace

std::vector<EventRows::Row> eventRowsOf(const Plan& plan)
{
    std::vector<EventRows::Row> rows;
    const Flicks end = timeOfFrame(plan.frames, plan.canvas.rate);
    for (std::size_t i = 0; i < plan.nodes.size() && rows.size() < mostRows; ++i) {
        if (!plan.nodes[i].needed)
            continue;
        const GraphNode& node = plan.graph->nodes[i];
        const Effect& effect = *node.entry->effect;
        for (std::size_t output = 0; output < effect.outputs.size(); ++output) {
            if (effect.outputs[output].type != PortType::Events)
                continue;
            std::vector<Event> events = eventsIn(plan, {static_cast<int>(i), static_cast<int>(output)}, 0, end);
            rows.push_back({toQt(node.name), false, std::move(events)});
        }
        if (effect.cuts != nullptr)
            rows.push_back({toQt(node.name), true, cutsOf(plan, static_cast<int>(i))});
    }
    std::erase_if(rows, [](const EventRows::Row& row) { return row.events.empty(); });
    return rows;
}

EventRows::EventRows(TimeWindow& window, QObject* parent)
    : QAbstractListModel(parent),
      m_window(&window)
{
    connect(m_window, &TimeWindow::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {MarksRole});
    });
}

void EventRows::refresh(const PreviewTarget& film)
{
    if (m_engine == nullptr)
        return;
    if (film.empty()) {
        take({});
        return;
    }
    m_engine->askPlan(Urgency::Idle, "timeline-events", film, 0.125, [this](const Plan& plan, const CancelToken&) -> PreviewEngine::Finish {
        return [this, rate = plan.canvas.rate, rows = eventRowsOf(plan)] {
            m_rate = rate;
            take(rows);
        };
    });
}

void EventRows::take(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QVariant EventRows::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case TitleRole: return row.title;
    case KindRole: return row.cuts ? QStringLiteral("cuts") : QStringLiteral("events");
    case MarksRole: {
        QVariantList marks;
        for (const Event& event : row.events) {
            const double at = m_window->positionOf(secondsOfFlicks(event.time) * m_rate.perSecond());
            if (at >= 0 && at <= 1 && marks.size() < mostMarks)
                marks.append(QVariantMap{{QStringLiteral("at"), at}, {QStringLiteral("strength"), event.strength}});
        }
        return marks;
    }
    default: return {};
    }
}

double EventRows::snapped(double frame, double reach, Rate rate) const
{
    double nearest = frame, away = reach;
    for (const Row& row : m_rows) {
        for (const Event& event : row.events) {
            const double at = std::round(secondsOfFlicks(event.time) * rate.perSecond());
            if (std::abs(at - frame) <= away) {
                away = std::abs(at - frame);
                nearest = at;
            }
        }
    }
    return nearest;
}

} // namespace artdag
