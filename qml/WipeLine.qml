// SPDX-License-Identifier: GPL-3.0-or-later
// The line between A and B: dragged, or moved by ← and → while it has the focus.
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Comparison compare
    required property real span

    x: Math.round(compare.wipe * span) - width / 2
    width: 16
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Wipe at %1 %").arg(Math.round(root.compare.wipe * 100))
    Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Left || event.key === Qt.Key_Right
    Keys.onLeftPressed: root.compare.wipe -= 0.02
    Keys.onRightPressed: root.compare.wipe += 0.02

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.activeFocus || grip.containsMouse ? 2 : 1
        height: parent.height
        color: root.activeFocus ? root.theme.accent : "#ffffff"
    }
    Rectangle {
        anchors.centerIn: parent
        width: 12
        height: 32
        radius: 2
        color: root.activeFocus ? root.theme.accent : "#ffffff"
        border.color: "#404040"
    }
    MouseArea {
        id: grip
        anchors.fill: parent
        hoverEnabled: true
        cursorShape: Qt.SplitHCursor
        preventStealing: true
        onPressed: root.forceActiveFocus()
        onPositionChanged: mouse => {
            if (pressed)
                root.compare.wipe = (root.x + mouse.x) / root.span
        }
    }
}
