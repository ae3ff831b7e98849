// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panel_focus.h"

#include <QMouseEvent>

#include <algorithm>

namespace artdag {

namespace {
bool isPanel(const QQuickItem* item)
{
    return item->metaObject()->indexOfProperty("panel") >= 0 && item->metaObject()->indexOfProperty("rest") >= 0;
}

void collectPanels(QQuickItem* item, QList<QQuickItem*>& panels)
{
    for (QQuickItem* child : item->childItems()) {
        if (!child->isVisible())
            continue;
        if (isPanel(child))
            panels << child;
        collectPanels(child, panels);
    }
}

QQuickItem* panelAbove(QQuickItem* item)
{
    while (item != nullptr && !isPanel(item))
        item = item->parentItem();
    return item;
}

bool isInPopup(const QQuickItem* item)
{
    for (; item != nullptr; item = item->parentItem()) {
        if (item->inherits("QQuickPopupItem"))
            return true;
    }
    return false;
}
} // namespace

void PanelFocus::watch(QQuickWindow* window)
{
    if (m_window != nullptr)
        m_window->removeEventFilter(this);
    m_window = window;
    if (m_window == nullptr)
        return;
    m_window->installEventFilter(this);
    connect(m_window, &QQuickWindow::activeFocusItemChanged, this, &PanelFocus::look);
    look();
}

QQuickItem* PanelFocus::focusedPanel() const
{
    return m_window == nullptr ? nullptr : panelAbove(m_window->activeFocusItem());
}

void PanelFocus::look()
{
    QQuickItem* item = m_window == nullptr ? nullptr : m_window->activeFocusItem();
    const QQuickItem* panel = panelAbove(item);
    m_panel = isInPopup(item) ? QStringLiteral("popup") : (panel != nullptr ? panel->property("panel").toString() : QString());
    m_typing = item != nullptr && (item->inherits("QQuickTextInput") || item->inherits("QQuickTextEdit"));
    m_onControl = item != nullptr && item->inherits("QQuickControl") && item->property("visualFocus").toBool();
    Q_EMIT changed();
}

QList<QQuickItem*> PanelFocus::panels() const
{
    QList<QQuickItem*> panels;
    if (m_window != nullptr)
        collectPanels(m_window->contentItem(), panels);
    return panels;
}

QQuickItem* PanelFocus::panelAt(QPointF point) const
{
    QQuickItem* found = nullptr;
    for (QQuickItem* panel : panels()) { // inner ones come after those around them
        if (panel->contains(panel->mapFromScene(point)))
            found = panel;
    }
    return found;
}

void PanelFocus::enter(QQuickItem* panel, Qt::FocusReason reason)
{
    auto* rest = panel->property("rest").value<QQuickItem*>();
    (rest != nullptr ? rest : panel)->forceActiveFocus(reason);
}

void PanelFocus::step(int by)
{
    const QList<QQuickItem*> all = panels();
    if (all.isEmpty())
        return;
    const auto at = all.indexOf(focusedPanel());
    const auto next = at < 0 ? 0 : (at + by + all.size()) % all.size();
    m_movedByKeys = true;
    enter(all[next], Qt::TabFocusReason);
    look();
}

/// A press gives its panel the focus before the panel's own controls see it; they may take it from there.
bool PanelFocus::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress && watched == m_window && m_panel != QLatin1String("popup")) {
        m_movedByKeys = false;
        QQuickItem* panel = panelAt(static_cast<QMouseEvent*>(event)->position());
        if (panel != nullptr && panel != focusedPanel())
            enter(panel, Qt::MouseFocusReason);
        else
            Q_EMIT changed();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace artdag
