// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vector_item.h"

#include <QPainter>
#include <QPainterPath>
#include <QQuickWindow>
#include <QSGGeometryNode>
#include <QSGRenderNode>
#include <QSGRendererInterface>
#include <QSGVertexColorMaterial>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace artdag {

namespace {
using Strip = std::vector<QSGGeometry::ColoredPoint2D>;
constexpr std::size_t strokesPerChunk = 256;

QSGGeometry::ColoredPoint2D vertex(QPointF at, const QColor& colour, double opacity)
{
    // QSGVertexColorMaterial blends premultiplied colours.
    const double a = colour.alphaF() * opacity;
    QSGGeometry::ColoredPoint2D point{};
    point.set(static_cast<float>(at.x()), static_cast<float>(at.y()), static_cast<uchar>(std::lround(colour.redF() * a * 255)),
        static_cast<uchar>(std::lround(colour.greenF() * a * 255)), static_cast<uchar>(std::lround(colour.blueF() * a * 255)),
        static_cast<uchar>(std::lround(a * 255)));
    return point;
}

/// Starts another strip in the same buffer: the last point and the first one twice.
void append(Strip& strip, const QSGGeometry::ColoredPoint2D& point, bool first)
{
    if (first && !strip.empty()) {
        strip.push_back(strip.back());
        strip.push_back(point);
    }
    strip.push_back(point);
}

QColor between(const QColor& a, const QColor& b, double t)
{
    auto mix = [t](double x, double y) { return static_cast<float>(x + (y - x) * t); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()), mix(a.alphaF(), b.alphaF()));
}

std::vector<QPointF> normalsOf(const std::vector<QPointF>& points)
{
    std::vector<QPointF> normals(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF along = points[std::min(i + 1, points.size() - 1)] - points[i > 0 ? i - 1 : 0];
        const double length = std::hypot(along.x(), along.y());
        normals[i] = length > 0 ? QPointF(-along.y() / length, along.x() / length) : QPointF(0, 1);
    }
    return normals;
}

class PainterNode : public QSGRenderNode {
public:
    PainterNode(QQuickWindow* window, Drawing drawing, QRectF reach)
        : m_window(window),
          m_drawing(std::move(drawing)),
          m_reach(reach)
    {
    }
    void set(Drawing drawing, QRectF reach)
    {
        m_drawing = std::move(drawing);
        m_reach = reach;
        markDirty(DirtyMaterial);
    }
    void render(const RenderState*) override
    {
        auto* painter = static_cast<QPainter*>(m_window->rendererInterface()->getResource(m_window, QSGRendererInterface::PainterResource));
        if (painter == nullptr)
            return;
        painter->save();
        painter->setTransform(matrix()->toTransform());
        painter->setOpacity(inheritedOpacity());
        painter->setRenderHint(QPainter::Antialiasing);
        paintDrawing(*painter, m_drawing);
        painter->restore();
    }
    [[nodiscard]] RenderingFlags flags() const override { return BoundedRectRendering; }
    [[nodiscard]] QRectF rect() const override { return m_reach; }

private:
    QQuickWindow* m_window;
    Drawing m_drawing;
    QRectF m_reach;
};

class StripNode : public QSGGeometryNode {
public:
    StripNode()
        : m_geometry(QSGGeometry::defaultAttributes_ColoredPoint2D(), 0)
    {
        m_geometry.setDrawingMode(QSGGeometry::DrawTriangleStrip);
        m_material.setFlag(QSGMaterial::Blending);
        setGeometry(&m_geometry);
        setMaterial(&m_material);
    }
    void set(const Strip& strip)
    {
        m_geometry.allocate(static_cast<int>(strip.size()));
        std::memcpy(m_geometry.vertexData(), strip.data(), strip.size() * sizeof(QSGGeometry::ColoredPoint2D));
        markDirty(DirtyGeometry);
    }

private:
    QSGGeometry m_geometry;
    QSGVertexColorMaterial m_material;
};

struct PartNode : public QSGNode {
    std::uint64_t version = 0;
};
} // namespace

void addStroke(Strip& strip, const Stroke& stroke, double feather)
{
    if (stroke.points.size() < 2)
        return;
    const std::vector<QPointF> normals = normalsOf(stroke.points);
    const double inner = std::max(0.0, stroke.width / 2 - feather / 2);
    const double outer = stroke.width / 2 + feather / 2;
    const double edges[4] = {-outer, -inner, inner, outer};
    const double opacity[4] = {0, 1, 1, 0};
    for (int band = 0; band < 3; ++band) {
        for (std::size_t i = 0; i < stroke.points.size(); ++i) {
            const QColor colour = between(stroke.from, stroke.to, static_cast<double>(i) / static_cast<double>(stroke.points.size() - 1));
            append(strip, vertex(stroke.points[i] + normals[i] * edges[band], colour, opacity[band]), i == 0);
            append(strip, vertex(stroke.points[i] + normals[i] * edges[band + 1], colour, opacity[band + 1]), false);
        }
    }
}

void addFill(Strip& strip, const Fill& fill, double feather)
{
    const std::size_t count = fill.outline.size();
    if (count < 3)
        return;
    QPointF centre;
    for (const QPointF& point : fill.outline)
        centre += point / static_cast<double>(count);
    auto moved = [&](std::size_t i, double by) {
        const QPointF away = fill.outline[i % count] - centre;
        const double length = std::hypot(away.x(), away.y());
        return length > 0 ? fill.outline[i % count] + away * (by / length) : fill.outline[i % count];
    };
    // A convex outline as one strip: first, second, last, third, last but one …
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = i % 2 == 1 ? (i + 1) / 2 : (count - i / 2) % count;
        append(strip, vertex(moved(index, -feather / 2), fill.colour, 1), i == 0);
    }
    if (feather <= 0)
        return;
    for (std::size_t i = 0; i <= count; ++i) {
        append(strip, vertex(moved(i, -feather / 2), fill.colour, 1), i == 0);
        append(strip, vertex(moved(i, feather / 2), fill.colour, 0), false);
    }
}

void paintDrawing(QPainter& painter, const Drawing& drawing)
{
    for (const Stroke& stroke : drawing.strokes) {
        QLinearGradient along(stroke.points.front(), stroke.points.back());
        along.setColorAt(0, stroke.from);
        along.setColorAt(1, stroke.to);
        painter.setPen(QPen(stroke.from == stroke.to ? QBrush(stroke.from) : QBrush(along), stroke.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(stroke.points.data(), static_cast<int>(stroke.points.size()));
    }
    painter.setPen(Qt::NoPen);
    for (const Fill& fill : drawing.fills) {
        painter.setBrush(fill.colour);
        painter.drawConvexPolygon(fill.outline.data(), static_cast<int>(fill.outline.size()));
    }
}

std::vector<QPointF> circleAround(QPointF centre, double radius)
{
    constexpr int corners = 20;
    std::vector<QPointF> points;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * M_PI * i / corners;
        points.emplace_back(centre.x() + radius * std::cos(angle), centre.y() + radius * std::sin(angle));
    }
    return points;
}

VectorItem::VectorItem(QQuickItem* parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

QSGNode* VectorItem::softwareNode(QSGNode* old)
{
    auto* node = static_cast<PainterNode*>(old);
    if (node == nullptr)
        return std::make_unique<PainterNode>(window(), drawing(), reach()).release(); // the scene graph owns its nodes
    node->set(drawing(), reach());
    return node;
}

QSGNode* VectorItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    if (window()->rendererInterface()->graphicsApi() == QSGRendererInterface::Software)
        return softwareNode(old);

    auto* root = old != nullptr ? old : std::make_unique<QSGNode>().release();
    const std::size_t count = parts();
    for (std::size_t i = 0; i < count; ++i) {
        auto* child = static_cast<PartNode*>(root->childAtIndex(static_cast<int>(i)));
        if (child == nullptr) {
            child = std::make_unique<PartNode>().release();
            child->setFlag(QSGNode::OwnedByParent);
            root->appendChildNode(child);
        }
        const std::uint64_t version = partVersion(i);
        if (version != 0 && version == child->version)
            continue;
        child->version = version;
        drawPart(*child, i);
    }
    while (root->childCount() > static_cast<int>(count))
        delete root->lastChild();
    return root;
}

void VectorItem::drawPart(QSGNode& node, std::size_t index) const
{
    const Drawing now = part(index);
    const double feather = pixel();
    std::vector<Strip> strips(1);
    std::size_t inChunk = 0;
    auto chunk = [&]() -> Strip& {
        if (++inChunk > strokesPerChunk) {
            strips.emplace_back();
            inChunk = 1;
        }
        return strips.back();
    };
    for (const Stroke& stroke : now.strokes)
        addStroke(chunk(), stroke, feather);
    for (const Fill& fill : now.fills)
        addFill(chunk(), fill, feather);
    for (std::size_t i = 0; i < strips.size(); ++i) {
        auto* child = static_cast<StripNode*>(node.childAtIndex(static_cast<int>(i)));
        if (child == nullptr) {
            child = std::make_unique<StripNode>().release();
            child->setFlag(QSGNode::OwnedByParent);
            node.appendChildNode(child);
        }
        child->set(strips[i]);
    }
    while (node.childCount() > static_cast<int>(strips.size()))
        delete node.lastChild();
}

} // namespace artdag
