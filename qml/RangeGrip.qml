// SPDX-License-Identifier: GPL-3.0-or-later
// The in or the out point on the ruler.
import QtQuick

Item {
    id: root
    required property Theme theme
    required property real span
    required property real at
    required property bool start
    required property bool used

    signal moved(real at)

    x: Math.round(at * span) - (start ? 0 : width)
    y: 20
    width: 6
    height: 14
    visible: at >= -0.001 && at <= 1.001
    Accessible.role: Accessible.Slider
    Accessible.name: start ? qsTr("In point") : qsTr("Out point")

    Rectangle { x: root.start ? 0 : 4; width: 2; height: parent.height; color: root.used ? root.theme.accent : root.theme.soft }
    Rectangle { width: 6; height: 2; color: root.used ? root.theme.accent : root.theme.soft }
    MouseArea {
        anchors.fill: parent
        anchors.margins: -3
        preventStealing: true
        cursorShape: Qt.SizeHorCursor
        onPositionChanged: mouse => {
            if (pressed)
                root.moved(Math.max(0, Math.min(1, (root.x + mouse.x - 3) / root.span)))
        }
    }
}
