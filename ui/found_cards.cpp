// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/found_cards.h"

#include "ui/qt_std.h"

namespace artdag {

void FoundCards::setGraph(GraphModel* graph)
{
    if (m_graph == graph)
        return;
    m_graph = graph;
    setSourceModel(graph);
    Q_EMIT changed();
}

void FoundCards::setQuery(const QString& query)
{
    if (m_query == query)
        return;
    m_query = query;
    invalidateFilter();
    Q_EMIT changed();
}

QString FoundCards::nameAt(int row) const
{
    return row < 0 || row >= rowCount() ? QString() : data(index(row, 0), GraphModel::NameRole).toString();
}

int FoundCards::rowOf(const QString& name) const
{
    const int row = m_graph == nullptr ? -1 : m_graph->scene().card(toStd(name));
    return row < 0 ? -1 : mapFromSource(m_graph->index(row)).row();
}

bool FoundCards::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_query.isEmpty())
        return true;
    const QModelIndex card = sourceModel()->index(row, 0, parent);
    for (const int role : {GraphModel::NameRole, GraphModel::TitleRole, GraphModel::EffectRole}) {
        if (sourceModel()->data(card, role).toString().contains(m_query, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace artdag
