// SPDX-License-Identifier: GPL-3.0-or-later
// What the layers of the canvas look like; when they are drawn is in canvas_layer.cpp.
#include "ui/canvas_layer.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double gridStep = 24;
constexpr double portRadius = 5.5;
constexpr double dotRadius = 5;

std::vector<QPointF> boxOf(const QRectF& rect)
{
    return {rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()};
}
} // namespace

std::vector<QPointF> portShape(PortType type, QPointF c, double r)
{
    switch (type) {
    case PortType::Picture: return circleAround(c, r);
    case PortType::Sound: return boxOf(QRectF(c.x() - r * 0.9, c.y() - r * 0.9, r * 1.8, r * 1.8));
    case PortType::Signal: return {{c.x(), c.y() - r * 1.25}, {c.x() + r * 1.25, c.y()}, {c.x(), c.y() + r * 1.25}, {c.x() - r * 1.25, c.y()}};
    case PortType::Events: return {{c.x(), c.y() - r * 1.2}, {c.x() + r * 1.2, c.y() + r}, {c.x() - r * 1.2, c.y() + r}};
    case PortType::Text: {
        std::vector<QPointF> corners;
        for (int i = 0; i < 6; ++i)
            corners.emplace_back(c.x() + r * 1.15 * std::cos(M_PI * i / 3), c.y() + r * 1.15 * std::sin(M_PI * i / 3));
        return corners;
    }
    case PortType::Table: return boxOf(QRectF(c.x() - r * 1.3, c.y() - r * 0.6, r * 2.6, r * 1.2));
    }
    return {};
}

QColor CanvasLayer::colourOf(PortType type) const
{
    return m_portColours.value(static_cast<int>(type), m_ink);
}

Drawing CanvasLayer::drawing() const
{
    Drawing result;
    if (m_canvas == nullptr || m_canvas->graph() == nullptr)
        return result;
    switch (m_kind) {
    case Dots: drawGrid(result); break;
    case Wires:
    case Ports:
    case FarCards:
        for (const Tile& tile : m_tiles)
            for (const int thing : tile.things)
                drawThing(result, thing);
        break;
    case ActiveWires: drawActiveWires(result); break;
    case ActivePorts: drawActivePorts(result); break;
    case Minimap: drawMinimap(result); break;
    case MinimapView: drawMinimapView(result); break;
    case CutLine:
        if (m_canvas->isCutting())
            result.strokes.push_back({{m_canvas->cutLine().p1(), m_canvas->cutLine().p2()}, 1.5, m_failed, m_failed});
        break;
    }
    return result;
}

void CanvasLayer::drawGrid(Drawing& to) const
{
    const double step = gridSpacing();
    const double size = 1;
    for (double y = -step; y < height(); y += step) {
        for (double x = -step; x < width(); x += step)
            to.boxes.push_back({QRectF(std::round(x), std::round(y), size, size), m_ink});
    }
}

double CanvasLayer::gridSpacing() const
{
    double step = gridStep * m_canvas->zoom();
    while (step < 18)
        step *= 2;
    return step;
}

void CanvasLayer::drawThing(Drawing& to, int thing) const
{
    const GraphScene& scene = m_canvas->graph()->scene();
    if (m_kind == Wires)
        drawWire(to, scene.wires()[static_cast<std::size_t>(thing)], 2.2);
    else if (m_kind == Ports)
        drawPorts(to, thing);
    else
        drawFarCard(to, scene.cards()[static_cast<std::size_t>(thing)]);
}

void CanvasLayer::drawWire(Drawing& to, const SceneWire& wire, double width, const QColor* colour) const
{
    const GraphScene& scene = m_canvas->graph()->scene();
    const double zoom = m_kind == Wires ? drawnZoom() : m_canvas->zoom();
    const ScenePort& socket = scene.cards()[static_cast<std::size_t>(wire.toCard)].inputs[static_cast<std::size_t>(wire.toPort)];
    const QColor from = colour != nullptr ? *colour : colourOf(wire.type);
    const QColor into = colour != nullptr ? *colour : colourOf(socket.type);
    std::vector<QPointF> path = pathOf(wire, zoom);
    const QPointF middle = path[path.size() / 2];
    to.strokes.push_back({std::move(path), width / std::min(1.0, zoom), from, into});
    for (const QPointF& dot : wire.dots)
        to.fills.push_back({circleAround(dot, dotRadius), from});
    // The conversion mark: the target's shape in the middle of the wire.
    if (wire.converts)
        to.fills.push_back({portShape(socket.type, middle, 5), into});
}

void CanvasLayer::drawActiveWires(Drawing& to) const
{
    const GraphModel& graph = *m_canvas->graph();
    const GraphScene& scene = graph.scene();
    const SceneHit& hovered = m_canvas->hovered();
    for (std::size_t i = 0; i < scene.wires().size() && graph.isMoving(); ++i) {
        const SceneWire& wire = scene.wires()[i];
        const bool moved = graph.isMoved(scene.cards()[static_cast<std::size_t>(wire.fromCard)].name) || graph.isMoved(scene.cards()[static_cast<std::size_t>(wire.toCard)].name) || graph.isDotMoved(static_cast<int>(i));
        if (moved && !wire.hidden)
            drawWire(to, wire, 2.2);
    }
    const auto strong = [&](int index, const QColor* colour) {
        if (index >= 0 && index < static_cast<int>(scene.wires().size()))
            drawWire(to, scene.wires()[static_cast<std::size_t>(index)], 3.5, colour);
    };
    if (hovered.what == SceneHit::What::Wire || hovered.what == SceneHit::What::Dot)
        strong(hovered.wire, nullptr);
    strong(m_canvas->dropWire(), &m_accent);
    strong(graph.selectedWire(), &m_accent);
    if (const int wire = graph.selectedWire(), dot = graph.selectedDot(); wire >= 0 && dot >= 0 && dot < static_cast<int>(scene.wires()[static_cast<std::size_t>(wire)].dots.size()))
        to.fills.push_back({circleAround(scene.wires()[static_cast<std::size_t>(wire)].dots[static_cast<std::size_t>(dot)], dotRadius + 2), m_accent});
    if (m_canvas->rubber().active)
        drawRubber(to);
}

void CanvasLayer::drawRubber(Drawing& to) const
{
    const GraphCanvas::Rubber& rubber = m_canvas->rubber();
    const GraphScene& scene = m_canvas->graph()->scene();
    const double zoom = m_canvas->zoom();
    const SceneCard& card = scene.cards()[static_cast<std::size_t>(rubber.card)];
    const ScenePort& port = (rubber.fromOutput ? card.outputs : card.inputs)[static_cast<std::size_t>(rubber.port)];
    SceneWire wire;
    wire.a = rubber.fromOutput ? port.at : rubber.end;
    wire.b = rubber.fromOutput ? rubber.end : port.at;
    const QColor colour = rubber.refused ? m_ink : colourOf(port.type);
    std::vector<QPointF> path = pathOf(wire, zoom);
    const QPointF middle = path[path.size() / 2];
    to.strokes.push_back({std::move(path), 2.5 / std::min(1.0, zoom), colour, colour});
    if (rubber.targetCard < 0 || rubber.refused)
        return;
    const SceneCard& target = scene.cards()[static_cast<std::size_t>(rubber.targetCard)];
    const ScenePort& there = (rubber.fromOutput ? target.inputs : target.outputs)[static_cast<std::size_t>(rubber.targetPort)];
    const PortType into = rubber.fromOutput ? there.type : port.type;
    if (there.type != port.type)
        to.fills.push_back({portShape(into, middle, 7), colourOf(into)});
}

bool CanvasLayer::dimmed(int card, int port, bool input) const
{
    const GraphCanvas::Rubber& rubber = m_canvas->rubber();
    if (!rubber.active || (card == rubber.card && port == rubber.port && input != rubber.fromOutput))
        return false;
    if (input != rubber.fromOutput)
        return true;
    const GraphScene& scene = m_canvas->graph()->scene();
    const SceneCard& there = scene.cards()[static_cast<std::size_t>(card)];
    const SceneCard& held = scene.cards()[static_cast<std::size_t>(rubber.card)];
    const PortType from = (rubber.fromOutput ? held.outputs : there.outputs)[static_cast<std::size_t>(rubber.fromOutput ? rubber.port : port)].type;
    const PortType to = (rubber.fromOutput ? there.inputs : held.inputs)[static_cast<std::size_t>(rubber.fromOutput ? port : rubber.port)].type;
    const bool circle = static_cast<std::size_t>(card) < rubber.circles.size() && rubber.circles[static_cast<std::size_t>(card)];
    return !portsFit(from, to) || circle;
}

void CanvasLayer::drawPort(Drawing& to, int card, int index, bool input, bool hot) const
{
    const SceneCard& owner = m_canvas->graph()->scene().cards()[static_cast<std::size_t>(card)];
    const ScenePort& port = (input ? owner.inputs : owner.outputs)[static_cast<std::size_t>(index)];
    QColor colour = colourOf(port.type);
    if (!hot && dimmed(card, index, input))
        colour.setAlphaF(0.25F);
    const double radius = hot ? portRadius * 1.4 : portRadius;
    const int corners = (m_kind == Ports ? drawnZoom() : m_canvas->zoom()) <= 1 ? 14 : 20; // a seventh of a pixel beside the circle
    const auto add = [&](double size, const QColor& with) { to.fills.push_back({port.type == PortType::Picture ? circleAround(port.at, size, corners) : portShape(port.type, port.at, size), with}); };
    add(radius + 1.5, m_paper);
    add(radius, colour);
    // An input without a wire is open: a hollow shape.
    if (input && !port.connected)
        add(radius - 2, m_paper);
}

void CanvasLayer::drawPorts(Drawing& to, int card) const
{
    const SceneCard& owner = m_canvas->graph()->scene().cards()[static_cast<std::size_t>(card)];
    for (std::size_t i = 0; i < owner.inputs.size(); ++i)
        drawPort(to, card, static_cast<int>(i), true, false);
    for (std::size_t i = 0; i < owner.outputs.size(); ++i)
        drawPort(to, card, static_cast<int>(i), false, false);
}

void CanvasLayer::drawActivePorts(Drawing& to) const
{
    const GraphModel& graph = *m_canvas->graph();
    const GraphCanvas::Rubber& rubber = m_canvas->rubber();
    const SceneHit& hovered = m_canvas->hovered();
    const auto count = static_cast<int>(graph.scene().cards().size());
    for (int card = 0; card < count && graph.isMoving(); ++card) {
        if (graph.isMoved(graph.scene().cards()[static_cast<std::size_t>(card)].name) && !graph.scene().cards()[static_cast<std::size_t>(card)].hidden)
            drawPorts(to, card);
    }
    if (hovered.what == SceneHit::What::Port && hovered.card < count)
        drawPort(to, hovered.card, hovered.port, hovered.input, true);
    if (rubber.active && rubber.targetCard >= 0 && rubber.targetCard < count && !rubber.refused)
        drawPort(to, rubber.targetCard, rubber.targetPort, rubber.fromOutput, true);
}

void CanvasLayer::drawFarCard(Drawing& to, const SceneCard& card) const
{
    const QString state = m_canvas->graph()->statusOf(card.name).state;
    const bool failed = state == QLatin1String("failed");
    const QColor edge = m_canvas->graph()->isSelected(card.name) ? m_accent : (failed ? m_failed : m_ink);
    to.boxes.push_back({card.rect, edge});
    to.boxes.push_back({card.rect.adjusted(4, GraphScene::headerHeight, -4, -4), m_paper});
    // Legible when it is small: what failed and what runs has a broad strip.
    if (failed || state == QLatin1String("running") || state == QLatin1String("cached")) {
        const double height = state == QLatin1String("cached") ? 8 : 24;
        to.boxes.push_back({QRectF(card.rect.left(), card.rect.bottom() - height, card.rect.width(), height), failed ? m_failed : m_accent});
    }
}

CanvasLayer::Map CanvasLayer::map() const
{
    QRectF all = m_canvas->graph()->scene().bounds();
    const QRectF seen = m_canvas->seen();
    // What is seen beside the graph counts by steps: thousands of boxes would be drawn anew wherever the camera goes.
    const double step = std::exp2(std::ceil(std::log2(std::max(seen.width(), seen.height())))) / 8;
    if (all.isEmpty())
        all = seen;
    if (seen.left() < all.left())
        all.setLeft(std::floor(seen.left() / step) * step);
    if (seen.top() < all.top())
        all.setTop(std::floor(seen.top() / step) * step);
    if (seen.right() > all.right())
        all.setRight(std::ceil(seen.right() / step) * step);
    if (seen.bottom() > all.bottom())
        all.setBottom(std::ceil(seen.bottom() / step) * step);
    return {all.center(), QPointF(width() / 2, height() / 2), std::min((width() - 8) / all.width(), (height() - 8) / all.height())};
}

QPointF CanvasLayer::minimapToWorld(double x, double y) const
{
    const Map map = this->map();
    return map.centre + (QPointF(x, y) - map.middle) / map.scale;
}

void CanvasLayer::drawMinimap(Drawing& to) const
{
    const GraphModel& graph = *m_canvas->graph();
    if (graph.scene().bounds().isEmpty())
        return;
    const Map map = this->map();
    for (const SceneFrame& frame : graph.scene().frames()) {
        QColor shade = m_ink;
        shade.setAlphaF(0.4F);
        if (!frame.hidden)
            to.boxes.push_back({map.of(frame.rect), shade});
    }
    for (const SceneCard& card : graph.scene().cards()) {
        if (card.hidden)
            continue;
        const QRectF box = map.of(card.rect); // on whole pixels: it is a few of them
        to.boxes.push_back({{std::round(box.x()), std::round(box.y()), std::max(1.0, std::round(box.width())), std::max(1.0, std::round(box.height()))}, graph.isSelected(card.name) ? m_accent : m_ink});
    }
}

void CanvasLayer::drawMinimapView(Drawing& to) const
{
    if (m_canvas->graph()->scene().cards().empty())
        return;
    const QRectF frame = map().of(m_canvas->seen()).adjusted(0.5, 0.5, -0.5, -0.5);
    to.strokes.push_back({{frame.topLeft(), frame.topRight(), frame.bottomRight(), frame.bottomLeft(), frame.topLeft()}, 1, m_paper, m_paper});
}

} // namespace artdag
