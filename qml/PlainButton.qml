// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

Button {
    id: root
    required property Theme theme
    property bool primary: false
    property string tip: ""

    implicitHeight: theme.row
    leftPadding: 12
    rightPadding: 12
    topPadding: 0
    bottomPadding: 0
    font.family: theme.family
    font.pixelSize: theme.size
    font.weight: primary ? theme.strong : Font.Normal
    opacity: enabled ? 1 : 0.45
    hoverEnabled: true
    Accessible.name: root.text
    Accessible.description: root.tip

    ToolTip.visible: hovered && tip !== ""
    ToolTip.delay: 500
    ToolTip.text: tip

    contentItem: Words {
        theme: root.theme
        text: root.text
        font: root.font
        color: root.primary ? root.theme.accentText : root.theme.text
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        color: root.primary ? (root.down ? Qt.darker(root.theme.accent, 1.15) : root.theme.accent) : (root.down || root.hovered ? root.theme.hover : root.theme.raised)
        border.width: root.visualFocus ? 2 : (root.primary ? 0 : 1)
        border.color: root.visualFocus ? root.theme.text : root.theme.hairline
    }
}
