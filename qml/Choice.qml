// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

MenuItem {
    id: root
    required property Theme theme
    property string keys: ""

    implicitHeight: theme.row
    implicitWidth: theme.tall(232)
    Accessible.name: root.text
    contentItem: RowLayout {
        Words {
            theme: root.theme
            text: root.text
            Layout.fillWidth: true
        }
        Words {
            theme: root.theme
            soft: true
            text: root.subMenu ? "▸" : root.keys
        }
    }
    arrow: null
    background: Rectangle {
        color: root.highlighted ? root.theme.hover : "transparent"
    }
}
