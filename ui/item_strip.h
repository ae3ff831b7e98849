// SPDX-License-Identifier: GPL-3.0-or-later
// The items of the current card's list port along the film (a sequence, layers, an edit on beats), with thumbnails; trim, slip,
// reorder and split, each one undo step. Where items are is the plan's word; edits write the recipe.
#pragma once

#include "ui/graph_scope.h"
#include "ui/item_pieces.h"
#include "ui/time_window.h"

#include <QAbstractListModel>
#include <QImage>

#include <functional>
#include <map>

namespace artdag {

class ItemStrip : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Timeline")
    Q_PROPERTY(int count READ pieceCount NOTIFY countChanged)
    Q_PROPERTY(int lanes READ lanes NOTIFY countChanged)
    Q_PROPERTY(QString title READ title NOTIFY countChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        ItemRole,
        AtRole,     ///< 0–1 of the window
        LengthRole, ///< of the window
        LaneRole,
        ImageRole,
        ChosenRole,
        SpokenRole,
    };
    enum Grip {
        Start,
        End,
        Slip,
        Order,
    };
    Q_ENUM(Grip)

    ItemStrip(Document& document, Player& player, TimeWindow& window, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine) { m_engine = engine; }
    void setSnap(std::function<double(double frame)> snap) { m_snap = std::move(snap); }
    /// Where cards are; the document itself until it is said.
    void setScope(GraphScope& scope);
    /// The card whose items are shown, and what it shows; none for a card without items.
    void setCard(const std::string& node, const PreviewTarget& target);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : pieceCount(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int pieceCount() const { return static_cast<int>(m_pieces.size()); }
    [[nodiscard]] int lanes() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] const std::vector<ItemPiece>& pieces() const { return m_pieces; }

    Q_INVOKABLE void select(int row);
    Q_INVOKABLE void beginDrag(int row, artdag::ItemStrip::Grip grip);
    /// By a part of the window since the drag began.
    Q_INVOKABLE void dragBy(double part);
    Q_INVOKABLE void endDrag();
    /// By the keyboard: one frame, or one place in the order.
    Q_INVOKABLE void nudge(int row, artdag::ItemStrip::Grip grip, int by);
    /// The piece under the playhead, the chosen one first, in two.
    Q_INVOKABLE void split();

Q_SIGNALS:
    void countChanged();
    void refused(const QString& message);

private:
    void ask();
    void take(std::vector<ItemPiece> pieces);
    void askThumbnails();
    void edit(std::int64_t frames);
    [[nodiscard]] const std::vector<Item>* items(const Recipe& recipe) const;
    [[nodiscard]] int placeAfter(std::int64_t frames) const;

    Document* m_document;
    GraphScope m_own;
    GraphScope* m_scope = &m_own;
    Player* m_player;
    TimeWindow* m_window;
    PreviewEngine* m_engine = nullptr;
    std::function<double(double)> m_snap;
    std::string m_node, m_port;
    PreviewTarget m_target;
    std::vector<ItemPiece> m_pieces;
    std::map<int, QImage> m_thumbnails; ///< by row
    int m_chosen = -1;                  ///< an item
    int m_dragRow = -1;
    Grip m_grip = Start;
    ItemPiece m_dragged;
    ItemTrim m_trim;
    int m_order = 0; ///< where the dragged item would go
    RecipePointer m_dragStart;
};

} // namespace artdag
