// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas_layer.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double gridStep = 24;
constexpr double portRadius = 5.5;

std::vector<QPointF> boxOf(const QRectF& rect)
{
    return {rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()};
}

/// Samples by length on the screen: what looks smooth and no more.
int samplesFor(QPointF a, QPointF b, double zoom)
{
    const double length = (std::abs(b.x() - a.x()) + std::abs(b.y() - a.y())) * zoom;
    return std::clamp(static_cast<int>(length / 8), 4, 32);
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

CanvasLayer::CanvasLayer(QQuickItem* parent)
    : VectorItem(parent)
{
    connect(this, &CanvasLayer::lookChanged, this, &QQuickItem::update);
}

void CanvasLayer::setCanvas(GraphCanvas* canvas)
{
    if (m_canvas == canvas)
        return;
    m_canvas = canvas;
    if (m_canvas != nullptr) {
        connect(m_canvas, &GraphCanvas::cameraChanged, this, &QQuickItem::update);
        connect(m_canvas, &GraphCanvas::rubberChanged, this, &QQuickItem::update);
        connect(m_canvas, &GraphCanvas::hoverChanged, this, [this] {
            if (m_kind == Ports || m_kind == Wires)
                update();
        });
        connect(m_canvas, &GraphCanvas::graphChanged, this, &CanvasLayer::watchGraph);
        watchGraph();
    }
    Q_EMIT canvasChanged();
    update();
}

void CanvasLayer::watchGraph()
{
    GraphModel* graph = m_canvas->graph();
    if (graph == nullptr)
        return;
    connect(graph, &GraphModel::sceneChanged, this, &QQuickItem::update, Qt::UniqueConnection);
    connect(graph, &GraphModel::selectionChanged, this, &QQuickItem::update, Qt::UniqueConnection);
}

double CanvasLayer::pixel() const
{
    if (m_kind == Dots)
        return 0; // dots sit on whole pixels
    const bool inWorld = m_kind == Wires || m_kind == Ports || m_kind == FarCards;
    return inWorld && m_canvas != nullptr ? 1 / m_canvas->zoom() : 1;
}

QRectF CanvasLayer::reach() const
{
    if (m_canvas == nullptr || m_canvas->graph() == nullptr || m_kind == Dots || m_kind == Minimap)
        return boundingRect();
    QRectF rect = m_canvas->graph()->scene().bounds().adjusted(-160, -160, 160, 160);
    if (m_canvas->rubber().active)
        rect |= QRectF(m_canvas->rubber().end, QSizeF(1, 1)).adjusted(-160, -160, 160, 160);
    return rect;
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
    case Wires: drawWires(result); break;
    case Ports: drawPorts(result); break;
    case FarCards: drawFarCards(result); break;
    case Minimap: drawMinimap(result); break;
    }
    return result;
}

void CanvasLayer::drawGrid(Drawing& to) const
{
    double step = gridStep * m_canvas->zoom();
    while (step < 18)
        step *= 2;
    const double size = 1;
    const double x0 = std::fmod(m_canvas->panX(), step);
    const double y0 = std::fmod(m_canvas->panY(), step);
    for (double y = y0 < 0 ? y0 + step : y0; y < height(); y += step) {
        for (double x = x0 < 0 ? x0 + step : x0; x < width(); x += step)
            to.fills.push_back({boxOf(QRectF(std::round(x), std::round(y), size, size)), m_ink});
    }
}

void CanvasLayer::drawWires(Drawing& to) const
{
    const GraphScene& scene = m_canvas->graph()->scene();
    const GraphCanvas::Rubber& rubber = m_canvas->rubber();
    const double zoom = m_canvas->zoom();
    const int selected = m_canvas->graph()->selectedWire();
    const SceneHit& hovered = m_canvas->hovered();
    for (std::size_t i = 0; i < scene.wires().size(); ++i) {
        const SceneWire& wire = scene.wires()[i];
        const ScenePort& socket = scene.cards()[static_cast<std::size_t>(wire.toCard)].inputs[static_cast<std::size_t>(wire.toPort)];
        QColor from = colourOf(wire.type);
        QColor into = colourOf(socket.type);
        if (rubber.active)
            from.setAlphaF(0.35F), into.setAlphaF(0.35F);
        const bool strong = static_cast<int>(i) == selected || (hovered.what == SceneHit::What::Wire && hovered.wire == static_cast<int>(i));
        Stroke stroke{wireCurve(wire.a, wire.b, samplesFor(wire.a, wire.b, zoom)), (strong ? 3.5 : 2.2) / std::min(1.0, zoom), from, into};
        if (static_cast<int>(i) == selected)
            stroke.from = stroke.to = m_accent;
        to.strokes.push_back(std::move(stroke));
        if (wire.converts) {
            // The conversion mark: the target's shape in the middle of the wire.
            const QPointF middle = wireCurve(wire.a, wire.b, 2)[1];
            to.fills.push_back({portShape(socket.type, middle, 5), into});
        }
    }
    if (rubber.active) {
        const SceneCard& card = scene.cards()[static_cast<std::size_t>(rubber.card)];
        const ScenePort& port = (rubber.fromOutput ? card.outputs : card.inputs)[static_cast<std::size_t>(rubber.port)];
        const QPointF a = rubber.fromOutput ? port.at : rubber.end;
        const QPointF b = rubber.fromOutput ? rubber.end : port.at;
        QColor colour = colourOf(port.type);
        if (rubber.refused)
            colour = m_ink;
        to.strokes.push_back({wireCurve(a, b, samplesFor(a, b, zoom)), 2.5 / std::min(1.0, zoom), colour, colour});
    }
}

bool CanvasLayer::dimmed(int card, int port, bool input) const
{
    const GraphCanvas::Rubber& rubber = m_canvas->rubber();
    if (!rubber.active || (card == rubber.card && port == rubber.port && input != rubber.fromOutput))
        return false;
    if (input != rubber.fromOutput)
        return true;
    const GraphScene& scene = m_canvas->graph()->scene();
    return rubber.fromOutput ? !scene.fits(rubber.card, rubber.port, card, port) : !scene.fits(card, port, rubber.card, rubber.port);
}

void CanvasLayer::drawPorts(Drawing& to) const
{
    const GraphScene& scene = m_canvas->graph()->scene();
    const SceneHit& hovered = m_canvas->hovered();
    const GraphCanvas::Rubber& rubber = m_canvas->rubber();
    for (std::size_t c = 0; c < scene.cards().size(); ++c) {
        const SceneCard& card = scene.cards()[c];
        for (const auto* ports : {&card.inputs, &card.outputs}) {
            for (std::size_t p = 0; p < ports->size(); ++p) {
                const ScenePort& port = (*ports)[p];
                const int cardIndex = static_cast<int>(c);
                const int portIndex = static_cast<int>(p);
                const bool hot = (hovered.what == SceneHit::What::Port && hovered.card == cardIndex && hovered.port == portIndex && hovered.input == port.input)
                    || (rubber.active && rubber.targetCard == cardIndex && rubber.targetPort == portIndex && rubber.fromOutput == port.input);
                QColor colour = colourOf(port.type);
                if (dimmed(cardIndex, portIndex, port.input))
                    colour.setAlphaF(0.25F);
                const double radius = hot ? portRadius * 1.4 : portRadius;
                to.fills.push_back({portShape(port.type, port.at, radius + 1.5), m_paper});
                to.fills.push_back({portShape(port.type, port.at, radius), colour});
                // An input without a wire is open: a hollow shape.
                if (port.input && !port.connected)
                    to.fills.push_back({portShape(port.type, port.at, radius - 2), m_paper});
            }
        }
    }
}

void CanvasLayer::drawFarCards(Drawing& to) const
{
    const GraphModel& graph = *m_canvas->graph();
    for (const SceneCard& card : graph.scene().cards()) {
        to.fills.push_back({boxOf(card.rect), graph.isSelected(card.name) ? m_accent : m_ink});
        to.fills.push_back({boxOf(card.rect.adjusted(4, GraphScene::headerHeight, -4, -4)), m_paper});
    }
}

QPointF CanvasLayer::minimapToWorld(double x, double y) const
{
    const QRectF all = m_canvas->graph()->scene().bounds() | QRectF(m_canvas->toWorld({0, 0}), m_canvas->toWorld({m_canvas->width(), m_canvas->height()}));
    const double scale = std::min((width() - 8) / all.width(), (height() - 8) / all.height());
    return all.center() + (QPointF(x, y) - QPointF(width() / 2, height() / 2)) / scale;
}

void CanvasLayer::drawMinimap(Drawing& to) const
{
    const GraphModel& graph = *m_canvas->graph();
    const QRectF seen(m_canvas->toWorld({0, 0}), m_canvas->toWorld({m_canvas->width(), m_canvas->height()}));
    const QRectF all = graph.scene().bounds() | seen;
    if (all.isEmpty())
        return;
    const double scale = std::min((width() - 8) / all.width(), (height() - 8) / all.height());
    auto place = [&](const QRectF& rect) {
        const QPointF topLeft = (rect.topLeft() - all.center()) * scale + QPointF(width() / 2, height() / 2);
        return QRectF(topLeft, rect.size() * scale);
    };
    for (const SceneCard& card : graph.scene().cards())
        to.fills.push_back({boxOf(place(card.rect)), graph.isSelected(card.name) ? m_accent : m_ink});
    const QRectF frame = place(seen).adjusted(0.5, 0.5, -0.5, -0.5);
    to.strokes.push_back({{frame.topLeft(), frame.topRight(), frame.bottomRight(), frame.bottomLeft(), frame.topLeft()}, 1, m_paper, m_paper});
}

} // namespace artdag
