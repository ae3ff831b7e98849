// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

Button {
    id: root
    required property Theme theme
    required property string glyph
    required property string tip
    property color tint: theme.soft

    implicitWidth: theme.control
    implicitHeight: theme.control
    padding: 4
    display: AbstractButton.IconOnly
    icon.source: "qrc:/icons/" + glyph + ".svg"
    icon.width: 16
    icon.height: 16
    icon.color: root.hovered && root.enabled ? root.theme.text : root.tint
    opacity: enabled ? 1 : 0.4
    hoverEnabled: true
    Accessible.name: root.tip

    ToolTip.visible: hovered
    ToolTip.delay: 500
    ToolTip.text: tip

    background: Rectangle {
        color: root.hovered && root.enabled ? root.theme.hover : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: root.theme.accent
    }
}
