// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_canvas.h"

#include "ui/qt_std.h"

#include <QAccessible>
#include <QCursor>
#include <QNativeGestureEvent>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double leastZoom = 0.08;
constexpr double mostZoom = 4;
constexpr QRectF nowhere{-1e12, -1e12, 1, 1};
}

GraphCanvas::GraphCanvas(QQuickItem* parent)
    : QQuickItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton);
    setAcceptHoverEvents(true);
    setFlag(ItemIsFocusScope);
    setActiveFocusOnTab(true);
    m_seenSoon.setSingleShot(true);
    m_seenSoon.setInterval(120);
    connect(this, &GraphCanvas::cameraChanged, &m_seenSoon, qOverload<>(&QTimer::start));
    connect(&m_seenSoon, &QTimer::timeout, this, [this] {
        if (m_graph != nullptr && width() > 0)
            m_graph->setSeen(isDetailed() ? seen() : nowhere); // boxes show no pictures
    });
}

void GraphCanvas::setGraph(GraphModel* graph)
{
    if (m_graph == graph)
        return;
    m_graph = graph;
    if (m_graph != nullptr) {
        connect(m_graph, &GraphModel::modelReset, this, [this] { cancelGesture(); });
        connect(m_graph, &GraphModel::sceneChanged, this, [this] {
            // What was pressed and what is under the pointer are numbers of things that may be others now.
            if (m_gesture == Gesture::Wire || m_gesture == Gesture::Cards || m_gesture == Gesture::Resize)
                cancelGesture();
            m_hit = m_hover.isNull() ? SceneHit() : m_graph->scene().hit(toWorld(m_hover), reach());
            Q_EMIT hitChanged();
        });
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
    if (m_wasDetailed != isDetailed()) {
        m_wasDetailed = isDetailed();
        Q_EMIT detailedChanged();
    }
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
    if (const int frame = m_graph->scene().frame(m_graph->selectedFrame()); frame >= 0)
        rect = m_graph->scene().frames()[static_cast<std::size_t>(frame)].rect;
    for (const SceneCard& card : m_graph->scene().cards()) {
        if (m_graph->isSelected(card.name))
            rect |= card.rect;
    }
    if (rect.isEmpty())
        fitAll();
    else
        fit(rect);
}

void GraphCanvas::centreAt(QPointF world)
{
    setCamera(QPointF(width() / 2, height() / 2) - world * m_zoom, m_zoom);
}

void GraphCanvas::centreOn(const QString& card)
{
    const int index = m_graph->scene().card(toStd(card));
    if (index < 0)
        return;
    m_zoom = std::max(m_zoom, 0.5);
    centreAt(m_graph->scene().cards()[static_cast<std::size_t>(index)].rect.center());
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

QString GraphCanvas::refusal() const
{
    if (!m_rubber.active || !m_rubber.refused)
        return {};
    const GraphScene& scene = m_graph->scene();
    const SceneCard& target = scene.cards()[static_cast<std::size_t>(m_rubber.targetCard)];
    const SceneCard& held = scene.cards()[static_cast<std::size_t>(m_rubber.card)];
    const ScenePort& there = (m_rubber.fromOutput ? target.inputs : target.outputs)[static_cast<std::size_t>(m_rubber.targetPort)];
    const ScenePort& here = (m_rubber.fromOutput ? held.outputs : held.inputs)[static_cast<std::size_t>(m_rubber.port)];
    const ScenePort& from = m_rubber.fromOutput ? here : there;
    const ScenePort& to = m_rubber.fromOutput ? there : here;
    if (!portsFit(from.type, to.type))
        return tr("%1 takes a %2, not a %3").arg(toQt(std::string_view(to.title)), QString::fromLatin1(nameOf(to.type)), QString::fromLatin1(nameOf(from.type)));
    return tr("This would make a circle: %1 is made from %2").arg(toQt(std::string_view((m_rubber.fromOutput ? held : target).title)), toQt(std::string_view((m_rubber.fromOutput ? target : held).title)));
}

QString GraphCanvas::hint() const
{
    if (m_graph == nullptr)
        return {};
    if (const QString why = refusal(); !why.isEmpty())
        return why;
    if (m_dropWire >= 0)
        return tr("Drop to insert");
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
    const SceneHit before = m_hit;
    m_hit = m_graph->scene().hit(toWorld(point), reach());
    Qt::CursorShape shape = m_hit.what == SceneHit::What::Port || m_cutKey ? Qt::CrossCursor : Qt::ArrowCursor;
    if (m_hit.what == SceneHit::What::FrameEdge) {
        const bool across = m_hit.edges & (Qt::LeftEdge | Qt::RightEdge);
        const bool down = m_hit.edges & (Qt::TopEdge | Qt::BottomEdge);
        const bool falling = bool(m_hit.edges & Qt::LeftEdge) == bool(m_hit.edges & Qt::TopEdge);
        shape = !down ? Qt::SizeHorCursor : (!across ? Qt::SizeVerCursor : (falling ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor));
    }
    if (cursor().shape() != shape)
        setCursor(QCursor(shape));
    if (m_hit != before)
        Q_EMIT hitChanged();
    Q_EMIT hoverChanged();
}

void GraphCanvas::hoverMoveEvent(QHoverEvent* event)
{
    setHover(event->position());
    event->ignore();
}

void GraphCanvas::hoverLeaveEvent(QHoverEvent*)
{
    m_hit = {};
    Q_EMIT hitChanged();
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
    // Tab moves on, as a screen reader's user expects, and is no shortcut then; Shift+A adds a node.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab && QAccessible::isActive()) {
        event->accept();
        return true;
    }
    return QQuickItem::event(event);
}

} // namespace artdag
