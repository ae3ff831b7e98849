// SPDX-License-Identifier: GPL-3.0-or-later
// Beats, onsets and other events of the recipe, and the cuts of its edits, as rows of marks under the film; and the instants that
// edits snap to. Asked of the film's plan, never computed here.
#pragma once

#include "ui/time_window.h"

#include <QAbstractListModel>

namespace artdag {

class EventRows : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        KindRole,  ///< events, cuts
        MarksRole, ///< {at 0–1 of the window, strength 0–1}
    };
    struct Row {
        QString title;
        bool cuts = false;
        std::vector<Event> events; ///< on the film's clock
    };

    EventRows(TimeWindow& window, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine) { m_engine = engine; }
    /// Asks again: another recipe.
    void refresh(const PreviewTarget& film);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return {{TitleRole, "title"}, {KindRole, "kind"}, {MarksRole, "marks"}}; }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    /// The frame of an event or a cut within `reach` frames; `frame` itself where there is none.
    [[nodiscard]] double snapped(double frame, double reach, Rate rate) const;

private:
    void take(std::vector<Row> rows);

    TimeWindow* m_window;
    PreviewEngine* m_engine = nullptr;
    std::vector<Row> m_rows;
    Rate m_rate;
};

/// The rows of a plan: its events outputs that the film depends on, then its nodes with cuts.
std::vector<EventRows::Row> eventRowsOf(const Plan& plan);

} // namespace artdag
