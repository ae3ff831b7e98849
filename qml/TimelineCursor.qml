// SPDX-License-Identifier: GPL-3.0-or-later
// The playhead over all rows, and a veil over what is not played.
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property TimeWindow time
    required property bool ranged

    Rectangle {
        visible: root.ranged && width > 0
        y: 36
        width: Math.max(0, Math.min(1, root.time.inAt)) * root.width
        height: parent.height - 36
        color: Qt.alpha(root.theme.panel, 0.66)
    }
    Rectangle {
        visible: root.ranged && width > 0
        x: Math.max(0, Math.min(1, root.time.outAt)) * root.width
        y: 36
        width: root.width - x
        height: parent.height - 36
        color: Qt.alpha(root.theme.panel, 0.66)
    }
    Item {
        visible: root.time.playhead >= 0 && root.time.playhead <= 1
        x: Math.round(root.time.playhead * root.width)
        height: parent.height
        Rectangle { x: -1; y: 8; width: 2; height: parent.height - 16; color: root.theme.text; opacity: 0.85 }
        Rectangle { x: -5; y: 4; width: 10; height: 10; radius: 2; color: root.theme.text }
    }
}
