// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

AbstractButton {
    id: root
    required property Theme theme
    required property bool chosen
    property bool alarming: false

    implicitHeight: theme.bar
    implicitWidth: Math.min(contentItem.implicitWidth, 200)
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: root.text

    contentItem: Words {
        theme: root.theme
        text: root.text
        strong: root.chosen
        color: root.alarming ? root.theme.failed : (root.chosen || root.hovered ? root.theme.text : root.theme.soft)
    }
    background: Item {
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 2
            visible: root.chosen || root.visualFocus
            color: root.theme.accent
        }
        Rectangle { // the chosen one shows the focus, too
            anchors.fill: parent
            anchors.leftMargin: -4
            anchors.rightMargin: -4
            visible: root.visualFocus
            color: "transparent"
            border.color: root.theme.accent
        }
    }
}
