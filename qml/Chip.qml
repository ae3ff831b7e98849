// SPDX-License-Identifier: GPL-3.0-or-later
// A word or two that can be pressed: opens a menu or goes on to the next choice.
import QtQuick
import QtQuick.Controls.Basic

AbstractButton {
    id: root
    required property Theme theme
    property string tip: ""
    property bool strong: false
    property bool soft: true

    implicitHeight: theme.control
    implicitWidth: contentItem.implicitWidth + 12
    padding: 0
    hoverEnabled: true
    Accessible.name: root.tip === "" ? root.text : root.tip + ", " + root.text

    ToolTip.visible: hovered && tip !== ""
    ToolTip.delay: 500
    ToolTip.text: tip

    contentItem: Words {
        theme: root.theme
        leftPadding: 6
        rightPadding: 6
        text: root.text
        strong: root.strong
        soft: root.soft && !root.hovered
    }
    background: Rectangle {
        color: root.hovered ? root.theme.hover : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: root.theme.accent
    }
}
