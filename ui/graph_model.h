// SPDX-License-Identifier: GPL-3.0-or-later
// The graph as rows for cards, with the selection and the edits that gestures ask for. It holds the scene made from the
// document's recipe and the last inspection, never a second copy of the truth.
#pragma once

#include "core/recipe/edit_recipe.h"
#include "ui/document.h"
#include "ui/graph_scene.h"

#include <QAbstractListModel>
#include <QImage>

#include <map>
#include <set>

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
    };
    Q_ENUM(Role)

    GraphModel(Document& document, const Catalogue& effects, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const GraphScene& scene() const { return m_scene; }
    [[nodiscard]] int count() const { return static_cast<int>(m_scene.cards().size()); }
    /// The card whose form is shown: the last one selected; may be empty.
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] QString currentTitle() const;
    [[nodiscard]] int selectedCount() const { return static_cast<int>(m_selected.size()); }
    [[nodiscard]] bool isSelected(const std::string& name) const { return m_selected.contains(name); }
    [[nodiscard]] int selectedWire() const { return m_selectedWire; }

    void setStatus(std::map<std::string, CardStatus> status);
    void setThumbnail(const std::string& name, const QImage& image);
    [[nodiscard]] const QImage& thumbnail(const std::string& name) const;
    [[nodiscard]] CardStatus statusOf(const std::string& name) const;

    Q_INVOKABLE void select(const QString& name, bool extend = false);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection();
    void selectIn(const QRectF& rect, bool extend);
    void selectWire(int wire);

    /// Adds a node of an effect with its top-left corner near a point; it is put into the selected wire, or fed by
    /// `source` ("card:port", see GraphCanvas), or by the current card. One undo step. The node's name; empty when refused.
    Q_INVOKABLE QString addNode(const QString& effect, QPointF at, const QString& source = {});
    Q_INVOKABLE void removeSelected(bool keepChain = false);
    Q_INVOKABLE void toggleBypass();
    Q_INVOKABLE void duplicateSelected();
    Q_INVOKABLE void layOut();
    Q_INVOKABLE void rename(const QString& name);

    void beginMove();
    void moveBy(QPointF offset);
    void endMove();
    [[nodiscard]] bool isMoving() const { return m_moving; }
    /// Connects; the source's and the socket's card and port. Says why when it is refused.
    bool connectPorts(int fromCard, int fromPort, int toCard, int toPort);
    void unplugPort(int card, int port);

Q_SIGNALS:
    void sceneChanged();
    /// Another document: its scene is there.
    void opened();
    void currentChanged();
    void selectionChanged();
    void refused(const QString& message);

private:
    void onRecipeChanged();
    void takeScene(GraphScene scene);
    void setSelection(std::set<std::string> names, const QString& current, int wire = -1);
    void emitRows(const QList<int>& roles);
    [[nodiscard]] QPointF freePlace(QPointF wanted) const;
    [[nodiscard]] std::map<std::string, LayoutPoint> positionsOfAll() const;
    bool feedNewNode(Recipe& next, const std::string& name, const Effect& effect, const QString& source) const;

    Document* m_document;
    const Catalogue* m_effects;
    GraphScene m_scene;
    std::set<std::string> m_selected;
    QString m_current;
    int m_selectedWire = -1;
    std::map<std::string, CardStatus> m_status;
    std::map<std::string, QImage> m_thumbnails;
    bool m_moving = false;
    std::map<std::string, QPointF> m_moveStart;
};

} // namespace artdag
