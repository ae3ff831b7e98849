// SPDX-License-Identifier: GPL-3.0-or-later
// The cards that are worth a view: those near what is seen, up to a limit, as rows that are used again for other cards. A
// graph of thousands costs as many views as fit on the screen, and few are made in one frame.
#pragma once

#include "ui/graph_canvas.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace artdag {

class NearCards : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(artdag::GraphCanvas* canvas READ canvas WRITE setCanvas NOTIFY changed REQUIRED)
    Q_PROPERTY(int limit MEMBER m_limit NOTIFY changed)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY changed) ///< when it is not, rows stay as they are

public:
    static constexpr int shownRole = Qt::UserRole + 200; ///< false: the row waits for a card

    explicit NearCards(QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_slots.size()); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    void setCanvas(GraphCanvas* canvas);
    [[nodiscard]] bool isActive() const { return m_active; }
    void setActive(bool active);
    /// Cards that have a row; the most rows that came in one pass.
    [[nodiscard]] int shown() const { return static_cast<int>(m_slotOf.size()); }
    [[nodiscard]] int mostMadeAtOnce() const { return m_mostMade; }
    [[nodiscard]] bool isSettled() const { return !m_soon.isActive(); }

Q_SIGNALS:
    void changed();

private:
    struct Slot {
        std::string name; ///< empty: free
        qint64 leftAt = -1;
    };
    void watchGraph();
    void updateSoon();
    void update();
    void dropGone(const GraphScene& scene, const QRectF& keep);
    [[nodiscard]] std::vector<int> wanted(const GraphScene& scene, const QRectF& near) const;
    bool give(const std::string& name, int& made);
    void onData(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);

    QPointer<GraphCanvas> m_canvas;
    int m_limit = 150;
    bool m_active = true;
    std::vector<Slot> m_slots;
    std::unordered_map<std::string, int> m_slotOf;
    std::vector<int> m_free, m_far; ///< rows without a card; rows whose card has been far for a while
    QTimer m_soon;
    int m_mostMade = 0;
};

} // namespace artdag
