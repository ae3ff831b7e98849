// SPDX-License-Identifier: GPL-3.0-or-later
// Which panel of a window has the focus, and whether keys are being typed there. A panel is an item with a property `panel`
// (its commands' name) and a property `rest` (the item that takes the focus when the panel is entered).
#pragma once

#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QQuickWindow>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class PanelFocus : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString panel READ panel NOTIFY changed)
    Q_PROPERTY(bool movedByKeys READ isMovedByKeys NOTIFY changed)

public:
    using QObject::QObject;

    /// Follows this window from now on.
    Q_INVOKABLE void watch(QQuickWindow* window);

    [[nodiscard]] QString panel() const { return m_panel; } ///< empty: none; `popup` over all of them
    /// Text is being typed: keys without Ctrl, Alt or Meta belong to it.
    [[nodiscard]] bool isTyping() const { return m_typing; }
    /// A control was reached by keys: Space, Enter and arrows belong to it.
    [[nodiscard]] bool isOnControl() const { return m_onControl; }
    /// The focus came by F6, so that its place must be seen.
    [[nodiscard]] bool isMovedByKeys() const { return m_movedByKeys; }

    /// The focus to the next (1) or previous (−1) visible panel of the window.
    void step(int by);
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void changed();

private:
    void look();
    void enter(QQuickItem* panel, Qt::FocusReason reason);
    [[nodiscard]] QList<QQuickItem*> panels() const;
    [[nodiscard]] QQuickItem* panelAt(QPointF point) const;
    [[nodiscard]] QQuickItem* focusedPanel() const;

    QPointer<QQuickWindow> m_window;
    QString m_panel;
    bool m_typing = false, m_onControl = false, m_movedByKeys = false;
};

} // namespace artdag
