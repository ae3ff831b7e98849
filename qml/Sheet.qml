// SPDX-License-Identifier: GPL-3.0-or-later
// A popup over the window that holds the keys until it is closed.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T

Popup {
    id: root
    required property Theme theme
    property string name: ""

    modal: true
    focus: true
    padding: 20
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    T.Overlay.modal: Rectangle { color: Qt.alpha(root.theme.surround, 0.55) }
    background: Rectangle {
        color: root.theme.panel
        border.color: root.theme.hairline
        Accessible.role: Accessible.Dialog
        Accessible.name: root.name
    }
}
