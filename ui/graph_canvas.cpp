// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_canvas.h"

#include "ui/qt_std.h"

#include <QCursor>
#include <QNativeGestureEvent>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double leastZoom = 0.08;
constexpr double mostZoom = 4;
constexpr double dragThreshold = 4;
}

GraphCanvas::GraphCanvas(QQuickItem* parent)
    : QQuickItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton);
    setAcceptHoverEvents(true);
    setFlag(ItemIsFocusScope);
    setActiveFocusOnTab(true);
}

void GraphCanvas::setGraph(GraphModel* graph)
{
    if (m_graph == graph)
        return;
    m_graph = graph;
    if (m_graph != nullptr) {
        connect(m_graph, &GraphModel::modelReset, this, [this] { cancelGesture(); });
        connect(m_graph, &GraphModel::opened, this, &GraphCanvas::fitAll);
    }
    Q_EMIT graphChanged();
    fitAll();
}

bool GraphCanvas::isDetailed() const
{
    // Few cards are cheap in full at any size; many are drawn as boxes when they are small.
    constexpr int few = 60;
    return m_zoom >= 0.35 || (m_zoom >= 0.15 && m_graph != nullptr && m_graph->count() <= few);
}

void GraphCanvas::setCamera(QPointF pan, double zoom)
{
    m_fitted = false;
    m_pan = {std::round(pan.x()), std::round(pan.y())};
    m_zoom = std::clamp(zoom, leastZoom, mostZoom);
    Q_EMIT cameraChanged();
}

void GraphCanvas::fit(const QRectF& rect)
{
    if (rect.isEmpty() || width() <= 0 || height() <= 0)
        return;
    const double margin = 48;
    const double zoom = std::clamp(std::min((width() - 2 * margin) / rect.width(), (height() - 2 * margin) / rect.height()), leastZoom, 1.0);
    setCamera(QPointF(width() / 2, height() / 2) - rect.center() * zoom, zoom);
}

void GraphCanvas::fitAll()
{
    if (m_graph == nullptr)
        return;
    fit(m_graph->scene().bounds());
    m_fitted = true;
}

void GraphCanvas::fitSelection()
{
    QRectF rect;
    for (const SceneCard& card : m_graph->scene().cards()) {
        if (m_graph->isSelected(card.name))
            rect |= card.rect;
    }
    if (rect.isEmpty())
        fitAll();
    else
        fit(rect);
}

void GraphCanvas::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (m_fitted || before.isEmpty())
        fitAll();
}

void GraphCanvas::zoomBy(double factor, QPointF around)
{
    const QPointF world = toWorld(around);
    const double zoom = std::clamp(m_zoom * factor, leastZoom, mostZoom);
    setCamera(around - world * zoom, zoom);
}

QString GraphCanvas::hint() const
{
    if (m_graph == nullptr)
        return {};
    if (m_rubber.active && m_rubber.refused) {
        const GraphScene& scene = m_graph->scene();
        const SceneCard& target = scene.cards()[static_cast<std::size_t>(m_rubber.targetCard)];
        const ScenePort& port = (m_rubber.fromOutput ? target.inputs : target.outputs)[static_cast<std::size_t>(m_rubber.targetPort)];
        return tr("%1 does not fit here").arg(QString::fromLatin1(nameOf(port.type)));
    }
    if (m_gesture != Gesture::None)
        return {};
    if (m_hit.what == SceneHit::What::Port) {
        const SceneCard& card = m_graph->scene().cards()[static_cast<std::size_t>(m_hit.card)];
        const ScenePort& port = (m_hit.input ? card.inputs : card.outputs)[static_cast<std::size_t>(m_hit.port)];
        const QString what = tr("%1 · %2").arg(toQt(port.title), QString::fromLatin1(nameOf(port.type)));
        return port.list && port.item < 0 ? tr("%1, one more").arg(what) : what;
    }
    if (m_hit.what == SceneHit::What::Card)
        return m_graph->statusOf(m_graph->scene().cards()[static_cast<std::size_t>(m_hit.card)].name).message;
    return {};
}

void GraphCanvas::setHover(QPointF point)
{
    if (m_graph == nullptr)
        return;
    m_hover = point;
    m_hit = m_graph->scene().hit(toWorld(point), reach());
    setCursor(QCursor(m_hit.what == SceneHit::What::Port ? Qt::CrossCursor : Qt::ArrowCursor));
    Q_EMIT hoverChanged();
}

void GraphCanvas::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_press = m_last = event->position();
    if (event->button() == Qt::MiddleButton || (event->modifiers() & Qt::AltModifier)) {
        m_gesture = Gesture::Pan;
        return;
    }
    const SceneHit hit = m_graph->scene().hit(toWorld(m_press), reach());
    switch (hit.what) {
    case SceneHit::What::Port: pressPort(hit); break;
    case SceneHit::What::Card: pressCard(hit, event->modifiers()); break;
    case SceneHit::What::Wire: m_graph->selectWire(hit.wire); break;
    case SceneHit::What::Nothing:
        m_gesture = Gesture::Marquee;
        m_extend = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
        break;
    }
    Q_EMIT hoverChanged();
}

void GraphCanvas::pressCard(const SceneHit& hit, Qt::KeyboardModifiers modifiers)
{
    const std::string name = m_graph->scene().cards()[static_cast<std::size_t>(hit.card)].name;
    const bool extend = modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
    if (extend || !m_graph->isSelected(name) || m_graph->current() != toQt(name)) {
        if (!extend && m_graph->isSelected(name) && m_graph->selectedCount() > 1) {
            // A press on one of several: it becomes the current one and they are dragged together.
            m_graph->select(toQt(name), true);
            m_graph->select(toQt(name), true);
        } else {
            m_graph->select(toQt(name), extend);
        }
    }
    m_gesture = Gesture::Cards;
}

void GraphCanvas::pressPort(const SceneHit& hit)
{
    const GraphScene& scene = m_graph->scene();
    m_gesture = Gesture::Wire;
    m_rubber = {true, hit.card, hit.port, !hit.input, toWorld(m_press), -1, -1, false};
    if (hit.input) {
        // A wire is picked up at its end: it goes on hanging from its source.
        for (const SceneWire& wire : scene.wires()) {
            if (wire.toCard == hit.card && wire.toPort == hit.port) {
                m_rubber.card = wire.fromCard;
                m_rubber.port = wire.fromPort;
                m_rubber.fromOutput = true;
                m_rubber.targetCard = hit.card;
                m_rubber.targetPort = hit.port;
                break;
            }
        }
    }
    Q_EMIT rubberChanged();
}

void GraphCanvas::moveRubber(QPointF world)
{
    const GraphScene& scene = m_graph->scene();
    m_rubber.end = world;
    m_rubber.targetCard = m_rubber.targetPort = -1;
    m_rubber.refused = false;
    const SceneHit hit = scene.hit(world, reach() * 1.6);
    if (hit.what == SceneHit::What::Port && hit.input == m_rubber.fromOutput) {
        const bool fits = m_rubber.fromOutput ? scene.fits(m_rubber.card, m_rubber.port, hit.card, hit.port) : scene.fits(hit.card, hit.port, m_rubber.card, m_rubber.port);
        m_rubber.targetCard = hit.card;
        m_rubber.targetPort = hit.port;
        m_rubber.refused = !fits;
    } else if (hit.what == SceneHit::What::Card && hit.card != m_rubber.card) {
        const int port = firstFitting(hit.card);
        if (port >= 0) {
            m_rubber.targetCard = hit.card;
            m_rubber.targetPort = port;
        }
    }
    if (m_rubber.targetCard >= 0 && !m_rubber.refused) {
        const SceneCard& card = scene.cards()[static_cast<std::size_t>(m_rubber.targetCard)];
        m_rubber.end = (m_rubber.fromOutput ? card.inputs : card.outputs)[static_cast<std::size_t>(m_rubber.targetPort)].at;
    }
    m_hover = toScreen(world);
    Q_EMIT rubberChanged();
    Q_EMIT hoverChanged();
}

/// The first port of a card that fits the dragged wire: free ones before occupied ones.
int GraphCanvas::firstFitting(int card) const
{
    const GraphScene& scene = m_graph->scene();
    const auto& ports = m_rubber.fromOutput ? scene.cards()[static_cast<std::size_t>(card)].inputs : scene.cards()[static_cast<std::size_t>(card)].outputs;
    int occupied = -1;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const int port = static_cast<int>(i);
        const bool fits = m_rubber.fromOutput ? scene.fits(m_rubber.card, m_rubber.port, card, port) : scene.fits(card, port, m_rubber.card, m_rubber.port);
        if (fits && (!ports[i].connected || !m_rubber.fromOutput))
            return port;
        if (fits && occupied < 0)
            occupied = port;
    }
    return occupied;
}

void GraphCanvas::dropRubber(QPointF at)
{
    const Rubber rubber = m_rubber;
    m_rubber = {};
    Q_EMIT rubberChanged();
    const GraphScene& scene = m_graph->scene();
    const SceneHit pressed = scene.hit(toWorld(m_press), reach());
    const bool pickedUp = pressed.what == SceneHit::What::Port && pressed.input && rubber.fromOutput;
    const bool moved = (at - m_press).manhattanLength() >= dragThreshold;
    if (!moved)
        return;
    if (rubber.targetCard >= 0) {
        if (pickedUp && rubber.targetCard == pressed.card && rubber.targetPort == pressed.port)
            return;
        // A refused pair goes through connectPorts too, which says why.
        if (rubber.fromOutput)
            m_graph->connectPorts(rubber.card, rubber.port, rubber.targetCard, rubber.targetPort);
        else
            m_graph->connectPorts(rubber.targetCard, rubber.targetPort, rubber.card, rubber.port);
        return;
    }
    if (pickedUp) {
        m_graph->unplugPort(pressed.card, pressed.port);
        return;
    }
    if (rubber.fromOutput) {
        const SceneCard& card = scene.cards()[static_cast<std::size_t>(rubber.card)];
        Q_EMIT paletteRequested(at, toQt(card.name) + QLatin1Char(':') + QString::number(rubber.port), QString::fromLatin1(nameOf(card.outputs[static_cast<std::size_t>(rubber.port)].type)));
    }
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    switch (m_gesture) {
    case Gesture::Pan:
        setCamera(m_pan + at - m_last, m_zoom);
        break;
    case Gesture::Marquee:
        if (!m_marquee.isNull() || (at - m_press).manhattanLength() >= dragThreshold) {
            m_marquee = QRectF(m_press, at).normalized();
            Q_EMIT marqueeChanged();
        }
        break;
    case Gesture::Cards:
        if (!m_graph->isMoving() && (at - m_press).manhattanLength() >= dragThreshold)
            m_graph->beginMove();
        if (m_graph->isMoving())
            m_graph->moveBy((at - m_press) / m_zoom);
        break;
    case Gesture::Wire:
        moveRubber(toWorld(at));
        break;
    case Gesture::None:
        break;
    }
    m_last = at;
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    const Gesture gesture = m_gesture;
    m_gesture = Gesture::None;
    if (gesture == Gesture::Marquee) {
        if (m_marquee.isNull())
            m_graph->clearSelection();
        else
            m_graph->selectIn(QRectF(toWorld(m_marquee.topLeft()), toWorld(m_marquee.bottomRight())), m_extend);
        m_marquee = {};
        Q_EMIT marqueeChanged();
    } else if (gesture == Gesture::Cards) {
        m_graph->endMove();
    } else if (gesture == Gesture::Wire) {
        dropRubber(event->position());
    }
    setHover(event->position());
}

void GraphCanvas::mouseUngrabEvent()
{
    cancelGesture();
}

void GraphCanvas::cancelGesture()
{
    const Gesture gesture = m_gesture;
    m_gesture = Gesture::None;
    if (gesture == Gesture::Cards)
        m_graph->endMove();
    if (m_rubber.active) {
        m_rubber = {};
        Q_EMIT rubberChanged();
    }
    if (!m_marquee.isNull()) {
        m_marquee = {};
        Q_EMIT marqueeChanged();
    }
}

void GraphCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const SceneHit hit = m_graph->scene().hit(toWorld(event->position()), reach());
    if (hit.what == SceneHit::What::Nothing || hit.what == SceneHit::What::Wire)
        Q_EMIT paletteRequested(event->position(), {}, {});
    else if (hit.what == SceneHit::What::Card)
        Q_EMIT renameRequested(toQt(m_graph->scene().cards()[static_cast<std::size_t>(hit.card)].name));
}

void GraphCanvas::hoverMoveEvent(QHoverEvent* event)
{
    setHover(event->position());
    event->ignore();
}

void GraphCanvas::hoverLeaveEvent(QHoverEvent*)
{
    m_hit = {};
    Q_EMIT hoverChanged();
}

void GraphCanvas::wheelEvent(QWheelEvent* event)
{
    const bool touchpad = !event->pixelDelta().isNull();
    const bool usual = m_wheel == QLatin1String("zoom") || (m_wheel != QLatin1String("pan") && !touchpad);
    const bool zooms = usual != bool(event->modifiers() & Qt::ControlModifier);
    if (zooms)
        zoomBy(std::exp2((touchpad ? event->pixelDelta().y() : event->angleDelta().y()) / 480.0), event->position());
    else
        setCamera(m_pan + (touchpad ? QPointF(event->pixelDelta()) : QPointF(event->angleDelta()) / 2), m_zoom);
    event->accept();
}

bool GraphCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + gesture->value(), gesture->position());
            return true;
        }
    }
    return QQuickItem::event(event);
}

void GraphCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const QPointF at = QRectF(0, 0, width(), height()).contains(m_hover) && !m_hover.isNull() ? m_hover : QPointF(width() / 2, height() / 3);
    switch (event->key()) {
    case Qt::Key_Tab: Q_EMIT paletteRequested(at, {}, {}); return;
    case Qt::Key_Delete:
    case Qt::Key_Backspace: m_graph->removeSelected(!(event->modifiers() & Qt::ShiftModifier)); return;
    case Qt::Key_Home: fitAll(); return;
    case Qt::Key_Escape:
        if (m_gesture != Gesture::None)
            cancelGesture();
        else
            m_graph->clearSelection();
        return;
    case Qt::Key_F:
        if (plain) {
            fitSelection();
            return;
        }
        break;
    case Qt::Key_D:
        if (plain) {
            m_graph->toggleBypass();
            return;
        }
        if (event->modifiers() == Qt::ControlModifier) {
            m_graph->duplicateSelected();
            return;
        }
        break;
    case Qt::Key_L:
        if (plain) {
            m_graph->layOut();
            return;
        }
        break;
    case Qt::Key_A:
        if (event->modifiers() == Qt::ControlModifier) {
            m_graph->selectAll();
            return;
        }
        break;
    case Qt::Key_F2:
        if (!m_graph->current().isEmpty()) {
            Q_EMIT renameRequested(m_graph->current());
            return;
        }
        break;
    default: break;
    }
    QQuickItem::keyPressEvent(event);
}

} // namespace artdag
