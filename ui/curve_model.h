// SPDX-License-Identifier: GPL-3.0-or-later
// The parameters that move over time, as rows with curves: of the current card, or of the handles. Keys are edited here, one
// gesture one undo step; what follows a signal or an expression is drawn as the plan evaluates it.
#pragma once

#include "ui/event_rows.h"
#include "ui/field_model.h"
#include "ui/key_curve.h"

#include <QAbstractListModel>

#include <set>

namespace artdag {

class CurveModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Timeline")
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(QVariantList still READ still NOTIFY stillChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(QString selectedText READ selectedText NOTIFY selectionChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        FormRole,    ///< keys, expression, binding
        FollowsRole, ///< what leads it, in words
        LowRole,
        HighRole,
        CurvesRole, ///< for each component: 0–1 upwards, evenly over the window
        KeysRole,   ///< {key, component, at 0–1, y 0–1, ease, chosen}
    };
    CurveModel(Document& document, Player& player, TimeWindow& window, QObject* parent = nullptr);

    void setFields(FieldModel& card, FieldModel& handles);
    void setEngine(PreviewEngine* engine) { m_engine = engine; }
    void setCards(std::function<PreviewTarget(const QString& card)> targetOf) { m_targetOf = std::move(targetOf); }
    /// Where keys snap to besides frames.
    void setSnap(std::function<double(double frame)> snap) { m_snap = std::move(snap); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_rows.size()); }
    /// Parameters that could move and do not: {row of the form, title}.
    [[nodiscard]] QVariantList still() const;
    [[nodiscard]] int selectedCount() const { return static_cast<int>(m_selected.size()); }
    [[nodiscard]] QString selectedText() const;

    /// The key of a row within reach of a place of its plot (all 0–1): key · 4 + component; −1: none.
    Q_INVOKABLE int keyAt(int row, double at, double y, double reachAt, double reachY) const;
    Q_INVOKABLE void select(int row, int key, bool extend);
    Q_INVOKABLE void beginDrag(int row, int key);
    /// To an instant (0–1 of the window) and a value (0–1 of the row's range, upwards). Selected keys of the row go along in time.
    Q_INVOKABLE void dragTo(int key, int component, double at, double y);
    Q_INVOKABLE void endDrag();
    Q_INVOKABLE void addKey(int row, double at, double y);
    Q_INVOKABLE void removeSelected();
    Q_INVOKABLE void cycleEase();
    Q_INVOKABLE void copy() const;
    Q_INVOKABLE void paste();
    /// A key at the playhead in the first row, or in that with the selection.
    Q_INVOKABLE void keyHere();
    /// Begins to animate a parameter of still(): one key at the playhead.
    Q_INVOKABLE void animate(int formRow);

Q_SIGNALS:
    void countChanged();
    void stillChanged();
    void selectionChanged();
    void refused(const QString& message);

private:
    struct Row {
        Field field;
        std::vector<CurveKey> keys;               ///< of the keys form
        std::vector<std::vector<double>> sampled; ///< of the others: for each component, over the window
        double low = 0, high = 1;
    };
    void rebuild();
    void dropGoneKeys();
    void sample();
    void findRange(Row& row) const;
    [[nodiscard]] double secondsAt(double position) const;
    [[nodiscard]] std::vector<std::vector<double>> curvesOf(const Row& row) const;
    [[nodiscard]] QVariantList keysFor(const Row& row, int index) const;
    [[nodiscard]] FieldModel* source() const;
    [[nodiscard]] bool isDrawn(const Field& field) const;
    void write(int row, std::vector<CurveKey> keys, const QString& label);
    void tell(int row);

    Document* m_document;
    Player* m_player;
    TimeWindow* m_window;
    FieldModel* m_card = nullptr;
    FieldModel* m_handles = nullptr;
    PreviewEngine* m_engine = nullptr;
    std::function<PreviewTarget(const QString&)> m_targetOf;
    std::function<double(double)> m_snap;
    std::vector<Row> m_rows;
    std::set<int> m_selected; ///< keys of m_selectedRow
    int m_selectedRow = -1;
    std::vector<CurveKey> m_dragStart;
    int m_dragRow = -1;
    QTimer m_sampleSoon;
};

} // namespace artdag
