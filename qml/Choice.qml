// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic

MenuItem {
    id: root
    required property Theme theme
    property string keys: ""

    implicitHeight: 28
    implicitWidth: 232
    Accessible.name: root.text
    contentItem: Item {
        Words {
            theme: root.theme
            anchors.left: parent.left
            anchors.right: keysWords.left
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
        }
        Words {
            id: keysWords
            theme: root.theme
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            soft: true
            text: root.subMenu ? "▸" : root.keys
        }
    }
    arrow: null
    background: Rectangle {
        color: root.highlighted ? root.theme.hover : "transparent"
    }
}
