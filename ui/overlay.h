// SPDX-License-Identifier: GPL-3.0-or-later
// Handles on the picture for the points, sizes and angles of the current card, found by the effect's description. A drag writes
// the parameter, a key at the playhead where it is animated by keys: one gesture, one undo step.
#pragma once

#include "ui/field_model.h"
#include "ui/player.h"

#include <QAbstractListModel>

#include <functional>

namespace artdag {

/// One handle: which field it writes and how the field's numbers lie on the picture.
struct OverlayHandle {
    enum class Shape {
        Place,  ///< a point as a part of the picture: 0, 0 top left, 1, 1 bottom right
        Box,    ///< width and height in px (or as a part of the picture) around an anchor; the handle is the lower right corner
        Vector, ///< px to the right and down from an anchor
        Turn,   ///< degrees clockwise from the right, around an anchor
    };
    Field field;
    Shape shape = Shape::Place;
    bool ofPicture = false; ///< Box: a part of the picture instead of px
    int ring = 0;           ///< Turn: which of several around one anchor
    std::size_t anchor = 0; ///< index of the handle that it belongs to, its own when there is none
};

/// The handles that fields give; those whose description says that they are no place, size or direction in the picture give none.
std::vector<OverlayHandle> overlayHandles(const std::vector<Field>& fields);

class Overlay : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Viewer")
    Q_PROPERTY(bool on READ isOn NOTIFY onChanged)
    Q_PROPERTY(int count READ handleCount NOTIFY countChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        ShapeRole, ///< place, box, vector, turn
        AtRole,    ///< the handle, as a part of the picture; of a turn: a point on its ring
        AnchorRole,
        RingRole, ///< of a turn: its radius as a part of the picture's height
        ValueRole,
    };
    Overlay(Document& document, Player& player, QObject* parent = nullptr);

    /// Whose fields; must outlive it.
    void setForm(FieldModel& form);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_handles.size()); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] bool isOn() const { return m_on; }
    void setOn(bool on);
    [[nodiscard]] int handleCount() const { return static_cast<int>(m_handles.size()); }

    Q_INVOKABLE void begin(int row);
    /// To a part of the picture; small steps are kept whole with `fine` off.
    Q_INVOKABLE void moveTo(int row, QPointF at);
    Q_INVOKABLE void end();
    /// By the keyboard: one step of px (or of a degree) in a direction.
    Q_INVOKABLE void nudge(int row, int x, int y);

Q_SIGNALS:
    void onChanged();
    void countChanged();

private:
    void rebuild();
    [[nodiscard]] QSizeF canvas() const;
    [[nodiscard]] std::vector<double> numbers(const OverlayHandle& handle) const;
    [[nodiscard]] QPointF anchorOf(const OverlayHandle& handle) const;
    [[nodiscard]] QPointF placeOf(const OverlayHandle& handle) const;
    [[nodiscard]] std::vector<double> numbersFor(const OverlayHandle& handle, QPointF at) const;
    void write(const OverlayHandle& handle, const std::vector<double>& numbers);

    Document* m_document;
    Player* m_player;
    FieldModel* m_form = nullptr;
    std::vector<OverlayHandle> m_handles;
    bool m_on = true;
};

} // namespace artdag
