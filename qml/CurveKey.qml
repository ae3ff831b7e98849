// SPDX-License-Identifier: GPL-3.0-or-later
// A key of a curve: dragged in time and value; Tab and the arrows move it too.
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property CurveModel model
    required property int row
    required property Item plot
    required property var modelData

    signal touched

    x: modelData.at * plot.width - width / 2
    y: (1 - modelData.y) * plot.height - height / 2
    width: 16
    height: 16
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Key, %1, %2").arg(modelData.value).arg(modelData.ease)

    Rectangle {
        anchors.centerIn: parent
        width: 8
        height: 8
        rotation: root.modelData.ease === "linear" || root.modelData.ease === "hold" ? 45 : 0
        radius: rotation === 0 ? 4 : 0
        color: root.modelData.chosen ? root.theme.text : root.theme.signal
        border.width: grip.containsMouse ? 2 : 1
        border.color: root.modelData.chosen ? root.theme.accent : root.theme.panel
    }
    MouseArea {
        id: grip
        property point hold: Qt.point(0, 0)
        anchors.fill: parent
        hoverEnabled: true
        preventStealing: true
        onPressed: mouse => {
            root.touched()
            hold = Qt.point(mouse.x - width / 2, mouse.y - height / 2)
            if (mouse.modifiers & (Qt.ShiftModifier | Qt.ControlModifier))
                root.model.select(root.row, root.modelData.key, true)
            else
                root.model.beginDrag(root.row, root.modelData.key)
        }
        onPositionChanged: mouse => {
            if (pressed)
                root.model.dragTo(root.modelData.key, root.modelData.component, (root.x + mouse.x - hold.x) / root.plot.width, 1 - (root.y + mouse.y - hold.y) / root.plot.height)
        }
        onReleased: root.model.endDrag()
        onCanceled: root.model.endDrag()
    }
}
