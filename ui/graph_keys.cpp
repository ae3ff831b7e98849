// SPDX-License-Identifier: GPL-3.0-or-later
// What keys and commands do on the canvas.
#include "ui/graph_canvas.h"
#include "ui/graph_commands.h"
#include "ui/qt_std.h"

#include <QClipboard>
#include <QGuiApplication>

namespace artdag {

QPointF GraphCanvas::workPlace() const
{
    return QRectF(0, 0, width(), height()).contains(m_hover) && !m_hover.isNull() ? m_hover : QPointF(width() / 2, height() / 3);
}

/// Only the key that is held; all others are shortcuts of the window (Commands).
void GraphCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_X || (event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) {
        QQuickItem::keyPressEvent(event);
        return;
    }
    m_cutKey = true;
    setHover(m_hover);
}

void GraphCanvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_X && !event->isAutoRepeat()) {
        m_cutKey = false;
        setHover(m_hover);
        return;
    }
    QQuickItem::keyReleaseEvent(event);
}

void GraphCanvas::focusOutEvent(QFocusEvent* event)
{
    m_cutKey = false;
    QQuickItem::focusOutEvent(event);
}

void GraphCanvas::run(const QString& id)
{
    if (m_graph != nullptr && !runEditing(id) && !runGroups(id) && !runLooking(id))
        runBookmark(id);
}

void GraphCanvas::copy()
{
    if (const QString text = m_graph->copied(); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

bool GraphCanvas::runEditing(const QString& id)
{
    const QString name = id.section(QLatin1Char('.'), 1);
    if (name == QLatin1String("add"))
        Q_EMIT paletteRequested(workPlace(), {}, {});
    else if (name == QLatin1String("copy"))
        copy();
    else if (name == QLatin1String("cut"))
        copy(), m_graph->removeSelected(true);
    else if (name == QLatin1String("paste"))
        m_graph->paste(QGuiApplication::clipboard()->text(), toWorld(workPlace()));
    else if (name == QLatin1String("duplicate") || name == QLatin1String("duplicateFed"))
        m_graph->duplicateSelected(name == QLatin1String("duplicateFed"));
    else if (name == QLatin1String("delete") || name == QLatin1String("deleteHard"))
        m_graph->removeSelected(name == QLatin1String("delete"));
    else if (name == QLatin1String("extract"))
        m_graph->extractSelected();
    else if (name == QLatin1String("bypass"))
        m_graph->toggleBypass();
    else if (name == QLatin1String("layOut"))
        m_graph->layOut();
    else if (name == QLatin1String("alignLeft"))
        m_graph->align(GraphModel::Line::Left);
    else if (name == QLatin1String("alignTop"))
        m_graph->align(GraphModel::Line::Top);
    else if (name == QLatin1String("distributeAcross"))
        m_graph->align(GraphModel::Line::Across);
    else if (name == QLatin1String("distributeDown"))
        m_graph->align(GraphModel::Line::Down);
    else if (name == QLatin1String("dot"))
        addDotHere();
    else
        return false;
    return true;
}

bool GraphCanvas::runGroups(const QString& id)
{
    const QString name = id.section(QLatin1Char('.'), 1);
    if (name == QLatin1String("frame"))
        m_graph->frameSelected(toWorld(workPlace()));
    else if (name == QLatin1String("fold"))
        m_graph->foldFrame(frameHere());
    else if (name == QLatin1String("fitFrame"))
        m_graph->fitFrame(frameHere());
    else if (name == QLatin1String("group"))
        m_graph->groupSelected();
    else if (name == QLatin1String("ungroup"))
        m_graph->ungroupSelected();
    else if (name == QLatin1String("open"))
        m_graph->openGroup(m_graph->current());
    else if (name == QLatin1String("up"))
        m_graph->scope()->goTo(m_graph->scope()->depth() - 1);
    else if (name == QLatin1String("back"))
        m_graph->scope()->back();
    else if (name == QLatin1String("forward"))
        m_graph->scope()->forward();
    else if (name == QLatin1String("promote"))
        Q_EMIT promoteRequested(m_graph->current());
    else
        return false;
    return true;
}

bool GraphCanvas::runLooking(const QString& id)
{
    const QString name = id.section(QLatin1Char('.'), 1);
    const SceneFrame* frame = m_graph->selectedFrame().empty() ? nullptr : &m_graph->scene().frames()[static_cast<std::size_t>(m_graph->scene().frame(m_graph->selectedFrame()))];
    if (name == QLatin1String("find") || name == QLatin1String("outline"))
        Q_EMIT outlineRequested(name == QLatin1String("find"));
    else if (name == QLatin1String("connect"))
        Q_EMIT connectRequested(m_graph->current());
    else if (name == QLatin1String("information"))
        Q_EMIT informationRequested(m_graph->current());
    else if (name == QLatin1String("fit"))
        fitSelection();
    else if (name == QLatin1String("fitAll"))
        fitAll();
    else if (name == QLatin1String("zoomIn") || name == QLatin1String("zoomOut"))
        zoomBy(name == QLatin1String("zoomIn") ? 1.25 : 0.8, workPlace());
    else if (name == QLatin1String("selectAll"))
        m_graph->selectAll();
    else if (name == QLatin1String("selectUpstream") || name == QLatin1String("selectDownstream"))
        m_graph->selectReach(name == QLatin1String("selectUpstream"));
    else if (name == QLatin1String("rename") && frame != nullptr)
        Q_EMIT renameFrameRequested(toQt(std::string_view(frame->name)), toQt(std::string_view(frame->title)));
    else if (name == QLatin1String("rename"))
        Q_EMIT renameRequested(m_graph->current());
    else if (name == QLatin1String("escape"))
        runEscape();
    else
        return false;
    return true;
}

bool GraphCanvas::runBookmark(const QString& id)
{
    const int digit = id.right(1).toInt();
    if (id.startsWith(QLatin1String("graph.bookmark")))
        m_graph->setBookmark(digit);
    else if (id.startsWith(QLatin1String("graph.jump")))
        centreOn(m_graph->goToBookmark(digit));
    else
        return false;
    return true;
}

/// First what is under way, then the selection, then the group that is open.
void GraphCanvas::runEscape()
{
    const bool selected = m_graph->selectedCount() > 0 || m_graph->selectedWire() >= 0 || !m_graph->selectedFrame().empty();
    if (m_gesture != Gesture::None)
        cancelGesture();
    else if (selected)
        m_graph->clearSelection();
    else
        m_graph->scope()->goTo(m_graph->scope()->depth() - 1);
}

/// On the wire under the pointer, or in the middle of the selected one.
void GraphCanvas::addDotHere()
{
    const bool under = m_hit.what == SceneHit::What::Wire;
    const int wire = under ? m_hit.wire : m_graph->selectedWire();
    if (wire < 0)
        return;
    const SceneWire& it = m_graph->scene().wires()[static_cast<std::size_t>(wire)];
    const std::vector<QPointF> path = pathOf(it, 1);
    m_graph->addDot(wire, under ? toWorld(m_hover) : path[path.size() / 2]);
}

/// The selected frame, or the innermost one that has the current card.
QString GraphCanvas::frameHere() const
{
    const GraphScene& scene = m_graph->scene();
    if (!m_graph->selectedFrame().empty())
        return toQt(std::string_view(m_graph->selectedFrame()));
    const int card = scene.card(toStd(m_graph->current()));
    for (std::size_t i = scene.frames().size(); card >= 0 && i-- > 0;) {
        if (scene.frames()[i].whole.contains(scene.cards()[static_cast<std::size_t>(card)].rect))
            return toQt(std::string_view(scene.frames()[i].name));
    }
    return {};
}

} // namespace artdag
