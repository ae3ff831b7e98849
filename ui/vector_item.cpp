// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vector_item.h"

#include <QElapsedTimer>
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
constexpr std::size_t boxesPerChunk = 8192; // of six points each, which 16 bits can number
constexpr qint64 patience = 600'000;        // ns of a frame for what may wait

/// A colour as floats, worked out once for a whole shape: asking a QColor at every vertex is what tessellation would cost.
struct Ink {
    float red = 0, green = 0, blue = 0, alpha = 0;
    explicit Ink(const QColor& colour) { colour.getRgbF(&red, &green, &blue, &alpha); }
    Ink(const Ink& a, const Ink& b, float t)
        : red(a.red + (b.red - a.red) * t),
          green(a.green + (b.green - a.green) * t),
          blue(a.blue + (b.blue - a.blue) * t),
          alpha(a.alpha + (b.alpha - a.alpha) * t)
    {
    }
};

uchar byteOf(float part)
{
    return static_cast<uchar>(part * 255 + 0.5F);
}

/// QSGVertexColorMaterial blends premultiplied colours.
QSGGeometry::ColoredPoint2D vertex(QPointF at, const Ink& ink, float opacity)
{
    const float a = ink.alpha * opacity;
    QSGGeometry::ColoredPoint2D point{};
    point.set(static_cast<float>(at.x()), static_cast<float>(at.y()), byteOf(ink.red * a), byteOf(ink.green * a), byteOf(ink.blue * a), byteOf(a));
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

std::vector<QPointF> normalsOf(const std::vector<QPointF>& points)
{
    std::vector<QPointF> normals(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF along = points[std::min(i + 1, points.size() - 1)] - points[i > 0 ? i - 1 : 0];
        const double length = std::sqrt(along.x() * along.x() + along.y() * along.y());
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

/// A clip that clips nothing: the scene graph puts what is under one in batches of its own. Otherwise the points of all parts
/// go to the card again whenever one part, or a text nearby, is another.
struct PartNode : public QSGClipNode {
    PartNode()
    {
        constexpr float far = 1e6F;
        const QRectF everything(-far, -far, 2 * far, 2 * far);
        QSGGeometry::updateRectGeometry(&m_corners, everything);
        setGeometry(&m_corners);
        setIsRectangular(true);
        setClipRect(everything);
    }
    std::uint64_t version = 0, fineness = 0;

private:
    QSGGeometry m_corners{QSGGeometry::defaultAttributes_Point2D(), 4};
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
    const float opacity[4] = {0, 1, 1, 0};
    const Ink from(stroke.from), to(stroke.to);
    const auto last = static_cast<float>(stroke.points.size() - 1);
    for (int band = 0; band < 3; ++band) {
        for (std::size_t i = 0; i < stroke.points.size(); ++i) {
            const Ink ink(from, to, static_cast<float>(i) / last);
            append(strip, vertex(stroke.points[i] + normals[i] * edges[band], ink, opacity[band]), i == 0);
            append(strip, vertex(stroke.points[i] + normals[i] * edges[band + 1], ink, opacity[band + 1]), false);
        }
    }
}

void addFill(Strip& strip, const Fill& fill, double feather)
{
    const std::size_t count = fill.outline.size();
    if (count < 3)
        return;
    const Ink ink(fill.colour);
    QPointF centre;
    for (const QPointF& point : fill.outline)
        centre += point / static_cast<double>(count);
    auto moved = [&](std::size_t i, double by) {
        const QPointF& corner = fill.outline[i % count];
        if (by == 0)
            return corner;
        const QPointF away = corner - centre;
        const double length = std::sqrt(away.x() * away.x() + away.y() * away.y());
        return length > 0 ? corner + away * (by / length) : corner;
    };
    // A convex outline as one strip: first, second, last, third, last but one …
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = i % 2 == 1 ? (i + 1) / 2 : (count - i / 2) % count;
        append(strip, vertex(moved(index, -feather / 2), ink, 1), i == 0);
    }
    if (feather <= 0)
        return;
    for (std::size_t i = 0; i <= count; ++i) {
        append(strip, vertex(moved(i, -feather / 2), ink, 1), i == 0);
        append(strip, vertex(moved(i, feather / 2), ink, 0), false);
    }
}

void addBox(Strip& strip, const Box& box)
{
    const Ink ink(box.colour);
    append(strip, vertex(box.rect.topLeft(), ink, 1), true);
    append(strip, vertex(box.rect.bottomLeft(), ink, 1), false);
    append(strip, vertex(box.rect.topRight(), ink, 1), false);
    append(strip, vertex(box.rect.bottomRight(), ink, 1), false);
}

void paintDrawing(QPainter& painter, const Drawing& drawing)
{
    for (const Box& box : drawing.boxes)
        painter.fillRect(box.rect, box.colour);
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
    QElapsedTimer clock;
    clock.start();
    bool later = false;
    QSGNode* next = root->firstChild();
    for (std::size_t i = 0; i < count; ++i, next = next->nextSibling()) {
        if (next == nullptr) {
            next = std::make_unique<PartNode>().release();
            next->setFlag(QSGNode::OwnedByParent);
            root->appendChildNode(next);
        }
        auto* child = static_cast<PartNode*>(next);
        const std::uint64_t version = partVersion(i), fineness = partFineness(i);
        const bool same = version != 0 && version == child->version;
        if (same && fineness == child->fineness)
            continue;
        if ((same || mayWait(i)) && clock.nsecsElapsed() > patience) {
            later = true;
            continue;
        }
        child->version = version;
        child->fineness = fineness;
        drawPart(*child, i);
    }
    if (later) // not update(): this is the render thread's time
        QMetaObject::invokeMethod(this, &QQuickItem::update, Qt::QueuedConnection);
    while (root->childCount() > static_cast<int>(count))
        delete root->lastChild();
    return root;
}

void VectorItem::drawPart(QSGNode& node, std::size_t index) const
{
    const Drawing now = part(index);
    const double feather = pixel();
    std::vector<Strip> strips;
    for (std::size_t i = 0; i < now.boxes.size(); ++i) {
        if (i % boxesPerChunk == 0)
            strips.emplace_back().reserve(6 * std::min(boxesPerChunk, now.boxes.size() - i));
        addBox(strips.back(), now.boxes[i]);
    }
    std::size_t inChunk = strokesPerChunk;
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
