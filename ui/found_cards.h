// SPDX-License-Identifier: GPL-3.0-or-later
// The cards of the graph that a few letters name, for the outline: by name, title or effect, in the graph's order.
#pragma once

#include "ui/graph_model.h"

#include <QSortFilterProxyModel>

namespace artdag {

class FoundCards : public QSortFilterProxyModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(artdag::GraphModel* graph READ graph WRITE setGraph NOTIFY changed REQUIRED)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY changed)

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    [[nodiscard]] GraphModel* graph() const { return m_graph; }
    void setGraph(GraphModel* graph);
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString& query);
    Q_INVOKABLE QString nameAt(int row) const;
    Q_INVOKABLE int rowOf(const QString& name) const; ///< −1 when it is not among them

Q_SIGNALS:
    void changed();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    GraphModel* m_graph = nullptr;
    QString m_query;
};

} // namespace artdag
