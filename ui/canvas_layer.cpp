// SPDX-License-Identifier: GPL-3.0-or-later
// When a layer is drawn, and by which tiles; what is drawn is in canvas_drawing.cpp.
#include "ui/canvas_layer.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double tileSize = 1024;
constexpr int minimapPause = 100; // ms

std::uint64_t mixed(std::uint64_t digest, std::uint64_t value)
{
    return randomBits(digest, value, 0);
}

std::uint64_t mixed(std::uint64_t digest, QPointF point)
{
    return randomBits(digest, static_cast<std::uint64_t>(std::llround(point.x() * 4)), static_cast<std::uint64_t>(std::llround(point.y() * 4)));
}
} // namespace

CanvasLayer::CanvasLayer(QQuickItem* parent)
    : VectorItem(parent)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(minimapPause);
    connect(&m_soon, &QTimer::timeout, this, &QQuickItem::update);
    connect(this, &CanvasLayer::lookChanged, this, [this] {
        ++m_look;
        onScene();
    });
    connect(this, &QQuickItem::visibleChanged, this, &CanvasLayer::onScene);
}

void CanvasLayer::setCanvas(GraphCanvas* canvas)
{
    if (m_canvas == canvas)
        return;
    m_canvas = canvas;
    if (m_canvas != nullptr) {
        connect(m_canvas, &GraphCanvas::cameraChanged, this, &CanvasLayer::onCamera);
        connect(m_canvas, &GraphCanvas::graphChanged, this, &CanvasLayer::watchGraph);
        connect(m_canvas, &GraphCanvas::rubberChanged, this, [this] {
            if (m_kind == ActiveWires || m_kind == ActivePorts || m_kind == CutLine)
                update();
        });
        connect(m_canvas, &GraphCanvas::hitChanged, this, [this] {
            if (m_kind == ActiveWires || m_kind == ActivePorts)
                update();
        });
        connect(m_canvas, &GraphCanvas::gestureChanged, this, [this] {
            if (m_kind != Ports)
                return;
            ++m_look; // what does not fit is dimmed while a wire is dragged
            onScene();
        });
        watchGraph();
    }
    Q_EMIT canvasChanged();
    onScene();
}

void CanvasLayer::watchGraph()
{
    GraphModel* graph = m_canvas->graph();
    if (graph == nullptr)
        return;
    connect(graph, &GraphModel::sceneChanged, this, &CanvasLayer::onScene, Qt::UniqueConnection);
    connect(graph, &GraphModel::movingChanged, this, &CanvasLayer::onScene, Qt::UniqueConnection);
    connect(graph, &GraphModel::placesChanged, this, [this] {
        if (m_kind == ActiveWires || m_kind == ActivePorts)
            update();
        else if (m_kind == FarCards && isVisible())
            onScene();
        else if (m_kind == Minimap && !m_soon.isActive())
            m_soon.start();
    });
    connect(graph, &GraphModel::selectionChanged, this, [this] {
        if (m_kind == ActiveWires)
            update();
        else if (m_kind == FarCards || m_kind == Minimap)
            onScene();
    });
    connect(graph, &GraphModel::dataChanged, this, [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
        if (m_kind == FarCards && roles.contains(GraphModel::StateRole))
            onScene();
    });
    onScene(); // it may have been full before it came here
}

double CanvasLayer::drawnZoom() const
{
    return std::exp2(m_zoomStep / 4);
}

/// Tiles stay as they are while the camera moves; only another size asks for other lines.
void CanvasLayer::onCamera()
{
    if (m_kind == Minimap) {
        if (const Map now = map(); now != m_map) { // while one looks inside the graph it stays as it is
            m_map = now;
            if (!m_soon.isActive())
                m_soon.start();
        }
        return;
    }
    if (m_kind == Dots) { // one grid for every place: it moves by less than a step, and is drawn anew for another size
        const auto rest = [step = gridSpacing()](double pan) { return std::round(pan - std::floor(pan / step) * step); };
        setPosition({rest(m_canvas->panX()), rest(m_canvas->panY())});
    }
    if (!isTiled()) {
        if (m_kind != CutLine)
            update();
        return;
    }
    const double step = std::round(std::log2(m_canvas->zoom()) * 4);
    if (step != m_zoomStep) {
        m_zoomStep = step;
        if (m_kind == FarCards) // boxes are the same at every size
            return;
    }
    // Tiles come into view that have not been drawn since they changed, or were drawn for another size.
    if (isVisible())
        update();
}

void CanvasLayer::onScene()
{
    if (m_kind == Minimap && m_canvas != nullptr) {
        if (!m_soon.isActive())
            m_soon.start();
        return;
    }
    if (isTiled() && isVisible() && m_canvas != nullptr && m_canvas->graph() != nullptr)
        polish(); // however much changes, tiles are made once a frame
    else
        m_tiles.clear(); // they name cards of a scene that is no more; hidden items are drawn too
    update();
}

void CanvasLayer::updatePolish()
{
    if (isTiled() && isVisible() && m_canvas != nullptr && m_canvas->graph() != nullptr) // it may have been hidden since it was asked for
        makeTiles();
}

QRectF CanvasLayer::boundsOf(int thing) const
{
    const GraphScene& scene = m_canvas->graph()->scene();
    if (m_kind != Wires)
        return scene.cards()[static_cast<std::size_t>(thing)].rect.adjusted(-8, -8, 8, 8);
    const SceneWire& wire = scene.wires()[static_cast<std::size_t>(thing)];
    QRectF rect = QRectF(wire.a, wire.b).normalized();
    for (const QPointF& dot : wire.dots)
        rect |= QRectF(dot, QSizeF(1, 1));
    return rect.adjusted(-120, -8, 120, 8);
}

/// What is dragged is drawn by the active layers; what is folded away not at all.
bool CanvasLayer::isLeftOut(int thing) const
{
    const GraphModel& graph = *m_canvas->graph();
    const GraphScene& scene = graph.scene();
    if (m_kind != Wires) {
        const SceneCard& card = scene.cards()[static_cast<std::size_t>(thing)];
        return card.hidden || (m_kind == Ports && graph.isMoved(card.name));
    }
    const SceneWire& wire = scene.wires()[static_cast<std::size_t>(thing)];
    return wire.hidden || (graph.isMoving() && (graph.isMoved(scene.cards()[static_cast<std::size_t>(wire.fromCard)].name) || graph.isMoved(scene.cards()[static_cast<std::size_t>(wire.toCard)].name) || graph.isDotMoved(thing)));
}

std::uint64_t CanvasLayer::digestOf(int thing) const
{
    const GraphModel& graph = *m_canvas->graph();
    const GraphScene& scene = graph.scene();
    std::uint64_t digest = 7;
    if (m_kind == Wires) {
        const SceneWire& wire = scene.wires()[static_cast<std::size_t>(thing)];
        digest = mixed(mixed(digest, wire.a), wire.b);
        for (const QPointF& dot : wire.dots)
            digest = mixed(digest, dot);
        const ScenePort& socket = scene.cards()[static_cast<std::size_t>(wire.toCard)].inputs[static_cast<std::size_t>(wire.toPort)];
        return mixed(digest, static_cast<std::uint64_t>(wire.type) * 16 + static_cast<std::uint64_t>(socket.type));
    }
    const SceneCard& card = scene.cards()[static_cast<std::size_t>(thing)];
    digest = mixed(mixed(digest, card.rect.topLeft()), card.rect.bottomRight());
    if (m_kind == FarCards)
        return mixed(digest, qHash(graph.statusOf(card.name).state) * 2 + (graph.isSelected(card.name) ? 1 : 0));
    for (const auto* ports : {&card.inputs, &card.outputs}) {
        for (const ScenePort& port : *ports)
            digest = mixed(digest, static_cast<std::uint64_t>(port.type) * 4 + (port.connected ? 2 : 0) + (port.input ? 1 : 0));
    }
    return digest;
}

void CanvasLayer::makeTiles()
{
    const GraphScene& scene = m_canvas->graph()->scene();
    std::map<std::pair<int, int>, Tile> tiles;
    const std::size_t count = m_kind == Wires ? scene.wires().size() : scene.cards().size();
    for (std::size_t i = 0; i < count; ++i) {
        const int thing = static_cast<int>(i);
        if (isLeftOut(thing))
            continue;
        const QRectF bounds = boundsOf(thing);
        const QPointF centre = bounds.center() / tileSize;
        Tile& tile = tiles[{static_cast<int>(std::floor(centre.x())), static_cast<int>(std::floor(centre.y()))}];
        if (tile.things.empty())
            tile.version = m_look;
        tile.bounds |= bounds;
        tile.things.push_back(thing);
        tile.version = mixed(mixed(tile.version, digestOf(thing)), static_cast<std::uint64_t>(thing));
    }
    m_tiles.clear();
    for (auto& [place, tile] : tiles)
        m_tiles.push_back(std::move(tile));
}

std::size_t CanvasLayer::parts() const
{
    return isTiled() ? m_tiles.size() : 1;
}

std::uint64_t CanvasLayer::partVersion(std::size_t part) const
{
    if (m_kind == Dots && m_canvas != nullptr)
        return mixed(mixed(m_look, QPointF(gridSpacing() * 100, 0)), QPointF(width(), height())) | 2;
    if (!isTiled())
        return 0;
    // Far tiles are drawn when they come near; until then they keep a version of their own, which draws nothing.
    const Tile& tile = m_tiles[part];
    const QRectF seen = m_canvas->seen();
    const bool near = seen.adjusted(-seen.width() / 4, -seen.height() / 4, seen.width() / 4, seen.height() / 4).intersects(tile.bounds);
    return near ? std::max<std::uint64_t>(tile.version, 2) : 1;
}

/// A wire drawn for another size is there, only its edges are a little too soft or too hard: it can wait for its turn. Ports, which
/// have the same shape at each size, are drawn anew half as often.
std::uint64_t CanvasLayer::partFineness(std::size_t) const
{
    if (!isTiled() || m_kind == FarCards)
        return 0;
    const auto step = static_cast<std::uint64_t>(m_zoomStep + 1000);
    return m_kind == Ports ? step / 2 : step;
}

bool CanvasLayer::mayWait(std::size_t part) const
{
    return isTiled() && !m_canvas->seen().intersects(m_tiles[part].bounds);
}

Drawing CanvasLayer::part(std::size_t part) const
{
    ++m_partsDrawn;
    if (!isTiled())
        return drawing();
    Drawing result;
    if (partVersion(part) == 1)
        return result;
    for (const int thing : m_tiles[part].things)
        drawThing(result, thing);
    return result;
}

double CanvasLayer::pixel() const
{
    switch (m_kind) {
    case Dots: return 0;     // dots sit on whole pixels
    case FarCards: return 0; // so do thousands of boxes
    case Wires:
    case Ports: return 1 / drawnZoom();
    case ActiveWires:
    case ActivePorts: return m_canvas != nullptr ? 1 / m_canvas->zoom() : 1;
    case Minimap:
    case MinimapView:
    case CutLine: return 1;
    }
    return 1;
}

QRectF CanvasLayer::reach() const
{
    if (m_kind == Dots && m_canvas != nullptr)
        return boundingRect().adjusted(-gridSpacing(), -gridSpacing(), 0, 0);
    if (m_canvas == nullptr || m_canvas->graph() == nullptr || m_kind == Minimap || m_kind == MinimapView || m_kind == CutLine)
        return boundingRect();
    QRectF rect = m_canvas->graph()->scene().bounds().adjusted(-160, -160, 160, 160);
    if (m_canvas->rubber().active)
        rect |= QRectF(m_canvas->rubber().end, QSizeF(1, 1)).adjusted(-160, -160, 160, 160);
    return rect;
}

} // namespace artdag
