// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse does on the canvas: selects, moves, connects, cuts, frames.
#include "ui/graph_canvas.h"

#include "ui/qt_std.h"

namespace artdag {

namespace {
constexpr double dragThreshold = 4;
}

void GraphCanvas::setGesture(Gesture gesture)
{
    m_gesture = gesture;
    Q_EMIT gestureChanged();
}

void GraphCanvas::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_press = m_last = event->position();
    m_pressed = m_graph->scene().hit(toWorld(m_press), reach());
    if (event->button() == Qt::MiddleButton || (event->modifiers() & Qt::AltModifier))
        setGesture(Gesture::Pan);
    else if (m_cutKey)
        setGesture(Gesture::Cut);
    else
        press(m_pressed, event->modifiers());
    Q_EMIT hoverChanged();
}

void GraphCanvas::press(const SceneHit& hit, Qt::KeyboardModifiers modifiers)
{
    switch (hit.what) {
    case SceneHit::What::Port: pressPort(hit); break;
    case SceneHit::What::Card: pressCard(hit, modifiers); break;
    case SceneHit::What::Wire:
        if (modifiers & Qt::ControlModifier) {
            m_graph->addDot(hit.wire, toWorld(m_press));
            m_pressed = m_graph->scene().hit(toWorld(m_press), reach());
            setGesture(Gesture::Cards); // the new dot can be dragged at once
        } else {
            m_graph->selectWire(hit.wire);
        }
        break;
    case SceneHit::What::Dot:
        m_graph->selectWire(hit.wire, hit.dot);
        setGesture(Gesture::Cards);
        break;
    case SceneHit::What::FrameTitle:
        m_graph->selectFrame(hit.frame);
        setGesture(Gesture::Cards);
        break;
    case SceneHit::What::FrameEdge:
        m_graph->selectFrame(hit.frame);
        setGesture(Gesture::Resize);
        break;
    case SceneHit::What::Nothing:
        setGesture(Gesture::Marquee);
        m_extend = modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
        break;
    }
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
    setGesture(Gesture::Cards);
}

void GraphCanvas::pressPort(const SceneHit& hit)
{
    const GraphScene& scene = m_graph->scene();
    setGesture(Gesture::Wire);
    m_rubber = {true, hit.card, hit.port, !hit.input, toWorld(m_press), -1, -1, false, {}};
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
    m_rubber.circles = scene.reach(m_rubber.card, m_rubber.fromOutput);
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
    const SceneHit pressed = m_pressed;
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
    if (!rubber.fromOutput) {
        const SceneCard& card = scene.cards()[static_cast<std::size_t>(rubber.card)];
        Q_EMIT paletteRequested(at, QLatin1Char('<') + toQt(card.name) + QLatin1Char(':') + QString::number(rubber.port), QString::fromLatin1(nameOf(card.inputs[static_cast<std::size_t>(rubber.port)].type)));
    } else {
        const SceneCard& card = scene.cards()[static_cast<std::size_t>(rubber.card)];
        Q_EMIT paletteRequested(at, toQt(card.name) + QLatin1Char(':') + QString::number(rubber.port), QString::fromLatin1(nameOf(card.outputs[static_cast<std::size_t>(rubber.port)].type)));
    }
}

void GraphCanvas::beginDrag()
{
    if (m_pressed.what == SceneHit::What::FrameTitle)
        m_graph->beginMoveOfFrame(m_pressed.frame);
    else if (m_pressed.what == SceneHit::What::Dot)
        m_graph->beginMoveOfDot(m_pressed.wire, m_pressed.dot);
    else if (m_pressed.what == SceneHit::What::Card)
        m_graph->beginMove();
    Q_EMIT gestureChanged();
}

void GraphCanvas::drag(QPointF at)
{
    if (!m_graph->isMoving() && (at - m_press).manhattanLength() >= dragThreshold)
        beginDrag();
    if (!m_graph->isMoving())
        return;
    m_graph->moveBy((at - m_press) / m_zoom);
    const int wire = m_pressed.what == SceneHit::What::Card ? m_graph->scene().wireAt(toWorld(at), 2 * reach(), m_pressed.card) : -1;
    setDropWire(wire >= 0 && m_graph->fitsInto(wire) ? wire : -1);
    m_hover = at;
}

void GraphCanvas::setDropWire(int wire)
{
    if (wire == m_dropWire)
        return;
    m_dropWire = wire;
    Q_EMIT hitChanged();
    Q_EMIT hoverChanged();
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
    case Gesture::Cards: drag(at); break;
    case Gesture::Resize:
        if (m_graph->isMoving() || (at - m_press).manhattanLength() >= dragThreshold)
            m_graph->resizeFrame(m_pressed.frame, m_pressed.edges, (at - m_press) / m_zoom);
        break;
    case Gesture::Wire: moveRubber(toWorld(at)); break;
    case Gesture::Cut: break;
    case Gesture::None: break;
    }
    m_last = at;
    if (m_gesture == Gesture::Cut)
        Q_EMIT rubberChanged();
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_last = event->position();
    // A plain click on one of several selected cards means that one; only a drag moves them all.
    const bool clicked = m_gesture == Gesture::Cards && !m_graph->isMoving() && event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
    release(event->position());
    if (clicked && m_graph->selectedCount() > 1)
        m_graph->select(m_graph->nameAt(m_pressed.card));
    if (event->button() == Qt::MiddleButton && (event->position() - m_press).manhattanLength() < dragThreshold && m_pressed.what == SceneHit::What::Card)
        Q_EMIT informationRequested(m_graph->nameAt(m_pressed.card));
    setHover(event->position());
}

void GraphCanvas::release(QPointF at)
{
    const Gesture gesture = m_gesture;
    setGesture(Gesture::None);
    const int onto = m_dropWire;
    setDropWire(-1);
    switch (gesture) {
    case Gesture::Marquee:
        if (m_marquee.isNull())
            m_graph->clearSelection();
        else
            m_graph->selectIn(QRectF(toWorld(m_marquee.topLeft()), toWorld(m_marquee.bottomRight())), m_extend);
        m_marquee = {};
        Q_EMIT marqueeChanged();
        break;
    case Gesture::Cards: m_graph->endMove(onto); break;
    case Gesture::Resize: m_graph->endMove(); break;
    case Gesture::Wire: dropRubber(at); break;
    case Gesture::Cut:
        cutAlong({m_press, at});
        Q_EMIT rubberChanged();
        break;
    case Gesture::Pan:
    case Gesture::None: break;
    }
}

void GraphCanvas::cutAlong(const QLineF& line)
{
    m_graph->cutWires(m_graph->scene().wiresAcross(toWorld(line.p1()), toWorld(line.p2())));
}

void GraphCanvas::mouseUngrabEvent()
{
    cancelGesture();
}

void GraphCanvas::cancelGesture()
{
    setGesture(Gesture::None);
    setDropWire(-1);
    if (m_graph->isMoving())
        m_graph->cancelMove();
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
    if (hit.what == SceneHit::What::Nothing || hit.what == SceneHit::What::Wire) {
        Q_EMIT paletteRequested(event->position(), {}, {});
    } else if (hit.what == SceneHit::What::Card) {
        const QString name = m_graph->nameAt(hit.card);
        if (!m_graph->openGroup(name))
            Q_EMIT renameRequested(name);
    } else if (hit.what == SceneHit::What::FrameTitle) {
        const SceneFrame& frame = m_graph->scene().frames()[static_cast<std::size_t>(hit.frame)];
        if (frame.folded)
            m_graph->foldFrame(toQt(std::string_view(frame.name)));
        else
            Q_EMIT renameFrameRequested(toQt(std::string_view(frame.name)), toQt(std::string_view(frame.title)));
    }
}

} // namespace artdag
