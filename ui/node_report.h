// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of one node, in words: size, time, what is at hand, its last error, why it would run. It remembers what was
// written when each node was last cached; it never plans or renders.
#pragma once

#include "core/workflow/why_run.h"
#include "ui/graph_model.h"

#include <QObject>
#include <QVariant>

#include <map>
#include <memory>

namespace artdag {

using TracePointer = std::shared_ptr<const RecipeTrace>;

class NodeReport : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QVariantList rows READ rows NOTIFY changed) ///< {label, words, severe}
    Q_PROPERTY(QString why READ why NOTIFY changed)

public:
    explicit NodeReport(GraphModel& graph, QObject* parent = nullptr);

    [[nodiscard]] QString title() const { return m_name; }
    [[nodiscard]] QVariantList rows() const;
    [[nodiscard]] QString why() const;
    /// Of a card of the opened scope. False when there is none.
    Q_INVOKABLE bool show(const QString& name);

    /// The newest inspection, and the trace made of it.
    void take(const Inspection& inspection, TracePointer trace);
    /// How long a picture of a card took, and at which scale.
    void setTime(const std::string& flatName, double milliseconds, double scale);
    void forget(); ///< another document

Q_SIGNALS:
    void changed();

private:
    void addShape(QVariantList& rows, const std::string& flat) const;

    GraphModel* m_graph;
    QString m_name;
    std::shared_ptr<const Plan> m_plan;
    TracePointer m_now;
    std::map<std::string, TracePointer> m_cached; ///< by flat name: what was written when all its frames were last at hand, or the first of them
    std::map<std::string, std::pair<double, double>> m_times;
    std::map<std::string, QString> m_errors;
    std::map<std::string, NodeState> m_states;
};

} // namespace artdag
