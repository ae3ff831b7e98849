// SPDX-License-Identifier: GPL-3.0-or-later
// The graph as rows for cards, with the selection and the edits that gestures ask for. It holds the scene made from the
// document's recipe and the last inspection, never a second copy of the truth.
#pragma once

#include "core/recipe/edit_recipe.h"
#include "ui/frame_rows.h"
#include "ui/graph_scene.h"
#include "ui/graph_scope.h"
#include "ui/qt_std.h"

#include <QAbstractListModel>
#include <QImage>

#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace artdag {

/// What a card shows besides the recipe.
struct CardStatus {
    QString state; ///< absent, partial, cached, running, failed, waiting; empty while unknown
    QString message;
    bool operator==(const CardStatus&) const = default;
};

class GraphModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ count NOTIFY sceneChanged)
    Q_PROPERTY(QString current READ current NOTIFY currentChanged)
    Q_PROPERTY(QString currentTitle READ currentTitle NOTIFY currentChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(artdag::GraphScope* scope READ scope CONSTANT)
    Q_PROPERTY(artdag::FrameRows* frames READ frames CONSTANT)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        TitleRole,
        EffectRole,
        SummaryRole,
        KindRole,
        CardXRole,
        CardYRole,
        CardWidthRole,
        CardHeightRole,
        SelectedRole,
        BypassRole,
        StateRole,
        MessageRole,
        ThumbnailRole,
        SpokenRole,
        BookmarkRole,
        RowRole,
    };
    Q_ENUM(Role)

    GraphModel(Document& document, const Catalogue& effects, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] GraphScope* scope() { return &m_scope; }
    [[nodiscard]] FrameRows* frames() { return &m_frameRows; }
    [[nodiscard]] const Catalogue& effects() const { return *m_effects; }
    [[nodiscard]] const GraphScene& scene() const { return m_scene; }
    [[nodiscard]] int count() const { return static_cast<int>(m_scene.cards().size()); }
    /// The card whose form is shown: the last one selected; may be empty.
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] QString currentTitle() const;
    [[nodiscard]] int selectedCount() const { return static_cast<int>(m_selected.size()); }
    [[nodiscard]] bool isSelected(const std::string& name) const { return m_selected.contains(name); }
    [[nodiscard]] const std::set<std::string>& selected() const { return m_selected; }
    [[nodiscard]] int selectedWire() const { return m_selectedWire; }
    [[nodiscard]] int selectedDot() const { return m_selectedDot; } ///< of the selected wire; −1: the wire itself
    [[nodiscard]] const std::string& selectedFrame() const { return m_selectedFrame; }
    [[nodiscard]] QString nameAt(int row) const { return row < 0 || row >= count() ? QString() : toQt(std::string_view(m_scene.cards()[static_cast<std::size_t>(row)].name)); }

    /// States and thumbnails go by the names of the flat recipe (GraphScope::flatName).
    void setStatus(std::map<std::string, CardStatus> status);
    void setThumbnail(const std::string& flatName, const QImage& image);
    [[nodiscard]] const QImage& thumbnail(const std::string& name) const;
    [[nodiscard]] CardStatus statusOf(const std::string& name) const;

    /// What part of the plane is looked at: only its cards ask for thumbnails. Nothing: all of it.
    void setSeen(const QRectF& seen);
    [[nodiscard]] bool isSeen(const SceneCard& card) const { return m_seen.isEmpty() || (!card.hidden && m_seen.intersects(card.rect)); }

    Q_INVOKABLE void select(const QString& name, bool extend = false);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection();
    void selectIn(const QRectF& rect, bool extend);
    void selectWire(int wire, int dot = -1);
    void selectFrame(int frame);
    /// Everything that what is selected is made from, or that is made from it.
    Q_INVOKABLE void selectReach(bool upstream);

    /// Adds a node of an effect with its top-left corner near a point; it is put into the selected wire, or fed by
    /// `source` ("card:port", or "<card:port" for a socket that it is to feed; see GraphCanvas), or by the current card. One undo step. The node's name; empty when refused.
    Q_INVOKABLE QString addNode(const QString& effect, QPointF at, const QString& source = {});
    Q_INVOKABLE void removeSelected(bool keepChain = false);
    /// Takes the selected nodes out of their chains, which hold, and leaves them unconnected.
    Q_INVOKABLE void extractSelected();
    Q_INVOKABLE void toggleBypass();
    /// With `keepInputs` the copies are fed by what feeds the originals.
    Q_INVOKABLE void duplicateSelected(bool keepInputs = false);
    Q_INVOKABLE void layOut();
    Q_INVOKABLE void rename(const QString& name);
    enum class Line {
        Left,
        Top,
        Across, ///< equal gaps from left to right
        Down,
    };
    void align(Line line);

    /// The selection as text (core/recipe/copy_nodes.h); empty when there is none.
    [[nodiscard]] QString copied() const;
    /// Pastes such a text, its corner at a point. False, and says why, when there are no nodes in it.
    bool paste(const QString& text, QPointF at);

    /// A frame around the selection, or an empty one at a point. Its name.
    QString frameSelected(QPointF at);
    Q_INVOKABLE void setFrameTitle(const QString& frame, const QString& title);
    Q_INVOKABLE void setFrameColour(const QString& frame, const QString& colour);
    Q_INVOKABLE void foldFrame(const QString& frame);
    Q_INVOKABLE void fitFrame(const QString& frame);
    void resizeFrame(int frame, Qt::Edges edges, QPointF offset);
    void endResize();

    /// A dot on a wire near a point, which becomes the selected one.
    void addDot(int wire, QPointF at);
    void cutWires(const std::vector<int>& wires);

    Q_INVOKABLE void groupSelected();
    Q_INVOKABLE void ungroupSelected();
    /// False when the card is no group.
    Q_INVOKABLE bool openGroup(const QString& name);
    /// What of a card could be made a parameter, an input or an output of the recipe or group it is in: {id, words}.
    Q_INVOKABLE QVariantList promotable(const QString& name) const;
    Q_INVOKABLE void promote(const QString& name, const QString& id);

    void setBookmark(int digit);
    /// The card of a bookmark, which becomes the current one; empty when there is none.
    QString goToBookmark(int digit);
    [[nodiscard]] int bookmarkOf(const std::string& name) const; ///< 0: none

    /// Where a card's outputs could go: {words, card, port, toCard, toPort}. For the keyboard and for those who do not see wires.
    Q_INVOKABLE QVariantList connections(const QString& name) const;
    Q_INVOKABLE void connectTo(const QVariantMap& connection);

    void beginMove();
    void beginMoveOfFrame(int frame);
    void beginMoveOfDot(int wire, int dot);
    void moveBy(QPointF offset);
    /// One undo step; `onto` a wire that a single moved node is to be put into, or −1.
    void endMove(int onto = -1);
    void cancelMove();
    /// Whether what is moved is one node that could be put into this wire.
    [[nodiscard]] bool fitsInto(int wire) const;
    [[nodiscard]] bool isMoving() const { return m_moving.active; }
    /// Cards that are being dragged.
    [[nodiscard]] bool isMoved(const std::string& name) const { return m_moving.active && m_moving.cards.contains(name); }
    [[nodiscard]] bool isDotMoved(int wire) const;
    /// Connects; the source's and the socket's card and port. Says why when it is refused.
    bool connectPorts(int fromCard, int fromPort, int toCard, int toPort);
    void unplugPort(int card, int port);

Q_SIGNALS:
    void sceneChanged();
    /// Places of cards, dots or frames, while they are dragged.
    void placesChanged();
    /// Cards are taken out of the rest to be dragged, or put back.
    void movingChanged();
    /// A card without a thumbnail has come into view.
    void thumbnailsWanted();
    /// Another document: its scene is there.
    void opened();
    void currentChanged();
    void selectionChanged();
    void refused(const QString& message);

private:
    void onRecipeChanged();
    void takeScene(GraphScene scene);
    void setSelection(std::set<std::string> names, const QString& current, int wire = -1, int dot = -1, const std::string& frame = {});
    void emitRows(const QList<int>& roles);
    [[nodiscard]] QPointF freePlace(QPointF wanted) const;
    [[nodiscard]] std::map<std::string, LayoutPoint> positionsOfAll() const;
    [[nodiscard]] CanvasMarks movedMarks(const Recipe& recipe) const;
    [[nodiscard]] Recipe placedRecipe() const; ///< with the places of cards that nobody had placed
    [[nodiscard]] std::vector<std::string> selectedNodes() const;
    bool feedNewNode(Recipe& next, const std::string& name, const Effect& effect, const QString& source) const;
    bool feedFromNewNode(Recipe& next, const std::string& name, const Effect& effect, const QString& target) const;
    void applyMarks(const CanvasMarks& marks, const QString& label);
    void changeFrame(const QString& frame, const QString& label, const std::function<void(CanvasFrame&)>& change);
    void addConnections(QVariantList& list, int from, int port) const;

    GraphScope m_scope;
    const Catalogue* m_effects;
    GraphScene m_scene;
    FrameRows m_frameRows;
    QRectF m_seen;
    std::set<std::string> m_selected;
    QString m_current;
    int m_selectedWire = -1, m_selectedDot = -1;
    std::string m_selectedFrame;
    std::map<int, std::string> m_bookmarks;
    std::map<std::string, CardStatus> m_status;
    std::map<std::string, QImage> m_thumbnails;
    struct Moving {
        bool active = false;
        std::map<std::string, QPointF> cards;
        std::vector<std::pair<int, QRectF>> frames;
        std::vector<std::tuple<int, int, QPointF>> dots; ///< wire, dot, where it was
        QString words;
    };
    Moving m_moving;
};

} // namespace artdag
