// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and convex shapes with soft edges, drawn as triangle strips with a colour per vertex where there is OpenGL, and by
// QPainter under the software renderer. It knows nothing of graphs.
#pragma once

#include <QColor>
#include <QPointF>
#include <QQuickItem>
#include <QSGGeometry>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <vector>

class QPainter;

namespace artdag {

struct Stroke {
    std::vector<QPointF> points;
    double width = 2; ///< in the item's units
    QColor from, to;  ///< along the line
};

struct Fill {
    std::vector<QPointF> outline; ///< convex, in either direction
    QColor colour;
};

/// Upright and with hard edges: thousands of them are drawn where each is a few pixels.
struct Box {
    QRectF rect;
    QColor colour;
};

struct Drawing {
    std::vector<Box> boxes;      ///< below everything
    std::vector<Stroke> strokes; ///< below the fills
    std::vector<Fill> fills;
};

/// Appends a stroke to a strip: three bands, the outer two fading over `feather`. Strips are joined by degenerate triangles.
void addStroke(std::vector<QSGGeometry::ColoredPoint2D>& strip, const Stroke& stroke, double feather);
void addFill(std::vector<QSGGeometry::ColoredPoint2D>& strip, const Fill& fill, double feather);
void addBox(std::vector<QSGGeometry::ColoredPoint2D>& strip, const Box& box);
void paintDrawing(QPainter& painter, const Drawing& drawing);

std::vector<QPointF> circleAround(QPointF centre, double radius, int corners = 20);

class VectorItem : public QQuickItem {
    Q_OBJECT
    QML_ANONYMOUS

public:
    explicit VectorItem(QQuickItem* parent = nullptr);

protected:
    /// What to draw, in the item's coordinates; called while the GUI thread waits.
    virtual Drawing drawing() const = 0;
    /// What is drawn by parts is drawn anew only where a part's version has changed; one part, always new, unless said
    /// otherwise. Under the software renderer `drawing` is used instead.
    [[nodiscard]] virtual std::size_t parts() const { return 1; }
    [[nodiscard]] virtual std::uint64_t partVersion(std::size_t) const { return 0; } ///< 0: always new
    [[nodiscard]] virtual Drawing part(std::size_t) const { return drawing(); }
    /// What a part that is right but coarse is drawn for: when it changes, the part is drawn anew as frames have time for it.
    [[nodiscard]] virtual std::uint64_t partFineness(std::size_t) const { return 0; }
    /// True for a part that nobody sees yet.
    [[nodiscard]] virtual bool mayWait(std::size_t) const { return false; }
    /// One screen pixel in the item's units.
    [[nodiscard]] virtual double pixel() const { return 1; }
    /// Where the drawing may reach, for the software renderer.
    [[nodiscard]] virtual QRectF reach() const { return boundingRect(); }

    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    QSGNode* softwareNode(QSGNode* old);
    void drawPart(QSGNode& node, std::size_t part) const;
};

} // namespace artdag
