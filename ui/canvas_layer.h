// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that is drawn under or over the cards of a GraphCanvas: the dot grid, wires, ports, far cards, the minimap.
// What stands still is kept by tiles of the plane and not drawn again while the camera moves or something is dragged; what
// moves, or is pointed at, is in layers of its own.
#pragma once

#include "ui/graph_canvas.h"
#include "ui/vector_item.h"

#include <QPointer>
#include <QTimer>

#include <map>

namespace artdag {

class CanvasLayer : public artdag::VectorItem { // qualified, or the QML type registrar does not find it
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(artdag::GraphCanvas* canvas READ canvas WRITE setCanvas NOTIFY canvasChanged REQUIRED)
    Q_PROPERTY(Kind kind MEMBER m_kind NOTIFY lookChanged REQUIRED)
    Q_PROPERTY(QList<QColor> portColours MEMBER m_portColours NOTIFY lookChanged) // in the order of PortType
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY lookChanged)
    Q_PROPERTY(QColor paper MEMBER m_paper NOTIFY lookChanged)
    Q_PROPERTY(QColor accent MEMBER m_accent NOTIFY lookChanged)
    Q_PROPERTY(QColor failed MEMBER m_failed NOTIFY lookChanged)

public:
    enum Kind {
        Dots,
        Wires,
        ActiveWires, ///< of what is dragged, selected or pointed at, and the wire in hand
        Ports,
        ActivePorts,
        FarCards,
        Minimap,
        MinimapView, ///< the rectangle that is seen
        CutLine,
    };
    Q_ENUM(Kind)

    explicit CanvasLayer(QQuickItem* parent = nullptr);
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    void setCanvas(GraphCanvas* canvas);
    [[nodiscard]] Drawing drawing() const override;
    /// How often something was drawn: for tests and the bench.
    [[nodiscard]] int partsDrawn() const { return m_partsDrawn; }

    /// The point of the plane under a point of the minimap.
    Q_INVOKABLE QPointF minimapToWorld(double x, double y) const;

Q_SIGNALS:
    void canvasChanged();
    void lookChanged();

protected:
    [[nodiscard]] double pixel() const override;
    [[nodiscard]] QRectF reach() const override;
    [[nodiscard]] std::size_t parts() const override;
    [[nodiscard]] std::uint64_t partVersion(std::size_t part) const override;
    [[nodiscard]] std::uint64_t partFineness(std::size_t part) const override;
    [[nodiscard]] bool mayWait(std::size_t part) const override;
    [[nodiscard]] Drawing part(std::size_t part) const override;

private:
    struct Tile {
        QRectF bounds;
        std::vector<int> things; ///< cards or wires
        std::uint64_t version = 0;
    };
    [[nodiscard]] bool isTiled() const { return m_kind == Wires || m_kind == Ports || m_kind == FarCards; }
    /// Between two dots, in pixels.
    [[nodiscard]] double gridSpacing() const;
    void watchGraph();
    void onCamera();
    void onScene();
    void updatePolish() override;
    void makeTiles();
    [[nodiscard]] QRectF boundsOf(int thing) const;
    [[nodiscard]] std::uint64_t digestOf(int thing) const;
    [[nodiscard]] bool isLeftOut(int thing) const;
    [[nodiscard]] double drawnZoom() const;
    [[nodiscard]] QColor colourOf(PortType type) const;
    void drawGrid(Drawing& to) const;
    void drawThing(Drawing& to, int thing) const;
    void drawWire(Drawing& to, const SceneWire& wire, double width, const QColor* colour = nullptr) const;
    void drawActiveWires(Drawing& to) const;
    void drawRubber(Drawing& to) const;
    void drawPorts(Drawing& to, int card) const;
    void drawPort(Drawing& to, int card, int port, bool input, bool hot) const;
    void drawActivePorts(Drawing& to) const;
    void drawFarCard(Drawing& to, const SceneCard& card) const;
    void drawMinimap(Drawing& to) const;
    void drawMinimapView(Drawing& to) const;
    /// From the plane to the minimap.
    struct Map {
        QPointF centre, middle;
        double scale = 1;
        bool operator==(const Map&) const = default;
        [[nodiscard]] QRectF of(const QRectF& rect) const { return {(rect.topLeft() - centre) * scale + middle, rect.size() * scale}; }
    };
    [[nodiscard]] Map map() const;
    Map m_map; ///< by which the minimap was drawn
    [[nodiscard]] bool dimmed(int card, int port, bool input) const;

    QPointer<GraphCanvas> m_canvas;
    Kind m_kind = Wires;
    QList<QColor> m_portColours;
    QColor m_ink, m_paper, m_accent, m_failed;
    std::vector<Tile> m_tiles;
    std::uint64_t m_look = 1; ///< rises with what changes every tile
    double m_zoomStep = 0;    ///< the zoom that tiles are drawn for, in quarters of an octave
    QTimer m_soon;            ///< the minimap's picture: at most ten times a second
    mutable int m_partsDrawn = 0;
};

/// The shape that stands for a type, so that no one needs colour to tell them apart: ● ■ ◆ ▲ ⬢ ▬.
std::vector<QPointF> portShape(PortType type, QPointF centre, double radius);

} // namespace artdag
