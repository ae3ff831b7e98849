// SPDX-License-Identifier: GPL-3.0-or-later
// What is taken hold of: by the mouse, or by Tab and the arrows (Shift: ten steps).
import QtQuick

Item {
    id: root
    required property Theme theme
    required property string title
    required property string value
    property bool round: true

    signal began
    signal movedTo(point at)
    signal ended
    signal nudged(int x, int y)

    function nudge(event, x, y) {
        const steps = event.modifiers & Qt.ShiftModifier ? 10 : 1
        root.nudged(x * steps, y * steps)
    }

    width: 24
    height: 24
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("%1, %2").arg(root.title).arg(root.value)
    Keys.onShortcutOverride: event => event.accepted = event.key >= Qt.Key_Left && event.key <= Qt.Key_Down
    Keys.onLeftPressed: event => root.nudge(event, -1, 0)
    Keys.onRightPressed: event => root.nudge(event, 1, 0)
    Keys.onUpPressed: event => root.nudge(event, 0, -1)
    Keys.onDownPressed: event => root.nudge(event, 0, 1)

    Rectangle {
        anchors.centerIn: parent
        width: grip.pressed || grip.containsMouse || root.activeFocus ? 14 : 11
        height: width
        radius: root.round ? width / 2 : 2
        color: grip.pressed ? root.theme.accent : "#ffffff"
        border.width: root.activeFocus ? 3 : 2
        border.color: root.activeFocus ? root.theme.accent : "#303030"
    }
    Rectangle {
        visible: grip.pressed || grip.containsMouse || root.activeFocus
        x: 24
        y: -4
        width: words.implicitWidth + 12
        height: 20
        color: Qt.alpha(root.theme.panel, 0.9)
        Words {
            id: words
            theme: root.theme
            anchors.centerIn: parent
            small: true
            text: root.title + "  " + root.value
        }
    }
    MouseArea {
        id: grip
        property point hold: Qt.point(0, 0)
        anchors.fill: parent
        hoverEnabled: true
        preventStealing: true
        cursorShape: Qt.CrossCursor
        onPressed: mouse => {
            hold = Qt.point(mouse.x - width / 2, mouse.y - height / 2)
            root.forceActiveFocus()
            root.began()
        }
        onPositionChanged: mouse => {
            if (pressed)
                root.movedTo(Qt.point(root.x + mouse.x - hold.x, root.y + mouse.y - hold.y))
        }
        onReleased: root.ended()
        onCanceled: root.ended()
    }
}
