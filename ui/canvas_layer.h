// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that is drawn under or over the cards of a GraphCanvas: the dot grid, wires, ports, far cards, the minimap.
#pragma once

#include "ui/graph_canvas.h"
#include "ui/vector_item.h"

#include <QPointer>

namespace artdag {

/// Colours by port type, in the order of PortType; and the greys the layers need.
class CanvasLayer : public artdag::VectorItem { // qualified, or the QML type registrar does not find it
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(artdag::GraphCanvas* canvas READ canvas WRITE setCanvas NOTIFY canvasChanged REQUIRED)
    Q_PROPERTY(Kind kind MEMBER m_kind NOTIFY lookChanged REQUIRED)
    Q_PROPERTY(QList<QColor> portColours MEMBER m_portColours NOTIFY lookChanged)
    Q_PROPERTY(QColor ink MEMBER m_ink NOTIFY lookChanged)
    Q_PROPERTY(QColor paper MEMBER m_paper NOTIFY lookChanged)
    Q_PROPERTY(QColor accent MEMBER m_accent NOTIFY lookChanged)

public:
    enum Kind {
        Dots,
        Wires,
        Ports,
        FarCards,
        Minimap,
    };
    Q_ENUM(Kind)

    explicit CanvasLayer(QQuickItem* parent = nullptr);
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    void setCanvas(GraphCanvas* canvas);
    [[nodiscard]] Drawing drawing() const override;

    /// Moves the camera so that the point of the minimap is in the middle.
    Q_INVOKABLE QPointF minimapToWorld(double x, double y) const;

Q_SIGNALS:
    void canvasChanged();
    void lookChanged();

protected:
    [[nodiscard]] double pixel() const override;
    [[nodiscard]] QRectF reach() const override;

private:
    void watchGraph();
    [[nodiscard]] QColor colourOf(PortType type) const;
    void drawGrid(Drawing& to) const;
    void drawWires(Drawing& to) const;
    void drawPorts(Drawing& to) const;
    void drawFarCards(Drawing& to) const;
    void drawMinimap(Drawing& to) const;
    [[nodiscard]] bool dimmed(int card, int port, bool input) const;

    QPointer<GraphCanvas> m_canvas;
    Kind m_kind = Wires;
    QList<QColor> m_portColours;
    QColor m_ink, m_paper, m_accent;
};

/// The shape that stands for a type, so that no one needs colour to tell them apart: ● ■ ◆ ▲ ⬢ ▬.
std::vector<QPointF> portShape(PortType type, QPointF centre, double radius);

} // namespace artdag
