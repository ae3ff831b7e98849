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
#include <QVarLengthArray>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace artdag {

namespace {
using Strip = std::vector<QSGGeometry::ColoredPoint2D>;
constexpr std::size_t strokesPerChunk = 256;
constexpr std::size_t boxesPerChunk = 8192; // of six points each, which 16 bits can number
constexpr qint64 patience = 300'000;        // ns of a frame for what may wait, in each item

/// A colour as it is blended, premultiplied; worked out once for what has it, as asking a QColor at every vertex is what tessellation would cost.
struct Ink {
    uchar red = 0, green = 0, blue = 0, alpha = 0;
};

Ink inkOf(float red, float green, float blue, float alpha)
{
    const auto byte = [](float part) { return static_cast<uchar>(part * 255 + 0.5F); };
    return {byte(red * alpha), byte(green * alpha), byte(blue * alpha), byte(alpha)};
}

Ink inkOf(const QColor& colour)
{
    return inkOf(colour.redF(), colour.greenF(), colour.blueF(), colour.alphaF());
}

QSGGeometry::ColoredPoint2D vertex(QPointF at, Ink ink)
{
    return {static_cast<float>(at.x()), static_cast<float>(at.y()), ink.red, ink.green, ink.blue, ink.alpha};
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

/// What a stroke is across its line, at one of its points.
struct Section {
    QPointF at, normal;
    Ink ink;
};

std::vector<Section> sectionsOf(const Stroke& stroke)
{
    const std::vector<QPointF>& points = stroke.points;
    std::vector<Section> sections(points.size());
    float red = 0, green = 0, blue = 0, alpha = 0, red2 = 0, green2 = 0, blue2 = 0, alpha2 = 0;
    stroke.from.getRgbF(&red, &green, &blue, &alpha);
    stroke.to.getRgbF(&red2, &green2, &blue2, &alpha2);
    const float step = 1 / static_cast<float>(points.size() - 1);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const QPointF along = points[std::min(i + 1, points.size() - 1)] - points[i > 0 ? i - 1 : 0];
        const double length = std::sqrt(along.x() * along.x() + along.y() * along.y());
        const float t = static_cast<float>(i) * step;
        sections[i] = {points[i], length > 0 ? QPointF(-along.y() / length, along.x() / length) : QPointF(0, 1),
            inkOf(red + (red2 - red) * t, green + (green2 - green) * t, blue + (blue2 - blue) * t, alpha + (alpha2 - alpha) * t)};
    }
    return sections;
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
        // Each is a batch by itself, so nothing is gained by its points being moved where those of others are: they go to the card as
        // they are, without a depth for each and without numbers.
        m_material.setFlag(QSGMaterial::Blending | QSGMaterial::RequiresFullMatrix);
        setGeometry(&m_geometry);
        setMaterial(&m_material);
    }
    void set(const Strip& strip)
    {
        m_geometry.allocate(static_cast<int>(strip.size()));
        if (!strip.empty())
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

struct PartsNode : public QSGNode {
    std::size_t waiting = 0; ///< the part whose turn it is when there is time again: or the first ones would be made fine again and again
};
} // namespace

void addStroke(Strip& strip, const Stroke& stroke, double feather)
{
    if (stroke.points.size() < 2)
        return;
    const std::vector<Section> sections = sectionsOf(stroke);
    const double inner = std::max(0.0, stroke.width / 2 - feather / 2);
    const double outer = stroke.width / 2 + feather / 2;
    const double edges[4] = {-outer, -inner, inner, outer};
    for (int band = 0; band < 3; ++band) {
        bool first = true;
        for (const Section& section : sections) {
            append(strip, vertex(section.at + section.normal * edges[band], band == 0 ? Ink() : section.ink), first);
            append(strip, vertex(section.at + section.normal * edges[band + 1], band == 2 ? Ink() : section.ink), false);
            first = false;
        }
    }
}

void addFill(Strip& strip, const Fill& fill, double feather)
{
    const std::size_t count = fill.outline.size();
    if (count < 3)
        return;
    const Ink ink = inkOf(fill.colour);
    QPointF centre;
    for (const QPointF& point : fill.outline)
        centre += point;
    centre /= static_cast<double>(count);
    QVarLengthArray<QSGGeometry::ColoredPoint2D, 32> inside, outside;
    for (const QPointF& corner : fill.outline) {
        const QPointF away = corner - centre;
        const double length = std::sqrt(away.x() * away.x() + away.y() * away.y());
        const QPointF by = length > 0 ? away * (feather / 2 / length) : QPointF();
        inside.append(vertex(corner - by, ink));
        outside.append(vertex(corner + by, {}));
    }
    // A convex outline as one strip: first, second, last, third, last but one …
    for (std::size_t i = 0; i < count; ++i)
        append(strip, inside[static_cast<qsizetype>(i % 2 == 1 ? (i + 1) / 2 : (count - i / 2) % count)], i == 0);
    if (feather <= 0)
        return;
    for (std::size_t i = 0; i <= count; ++i) {
        append(strip, inside[static_cast<qsizetype>(i % count)], i == 0);
        append(strip, outside[static_cast<qsizetype>(i % count)], false);
    }
}

void addBox(Strip& strip, const Box& box)
{
    const Ink ink = inkOf(box.colour);
    append(strip, vertex(box.rect.topLeft(), ink), true);
    append(strip, vertex(box.rect.bottomLeft(), ink), false);
    append(strip, vertex(box.rect.topRight(), ink), false);
    append(strip, vertex(box.rect.bottomRight(), ink), false);
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

std::vector<QPointF> circleAround(QPointF centre, double radius, int corners)
{
    std::vector<QPointF> points;
    points.reserve(static_cast<std::size_t>(corners));
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

    auto* root = old != nullptr ? static_cast<PartsNode*>(old) : std::make_unique<PartsNode>().release();
    const std::size_t count = parts();
    QElapsedTimer clock;
    clock.start();
    std::size_t firstLate = count, nextLate = count; // of those that wait: the first, and the first whose turn it was
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
        if ((same || mayWait(i)) && (i < root->waiting || clock.nsecsElapsed() > patience)) {
            firstLate = std::min(firstLate, i);
            if (i >= root->waiting)
                nextLate = std::min(nextLate, i);
            continue;
        }
        child->version = version;
        child->fineness = fineness;
        drawPart(*child, i);
    }
    root->waiting = nextLate < count ? nextLate : 0;
    if (firstLate < count) // not update(): this is the render thread's time
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
    if (strips.empty()) // one stays: a part that gets its first one, or loses its last, has the scene graph begin anew
        strips.emplace_back();
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
