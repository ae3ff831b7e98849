// SPDX-License-Identifier: GPL-3.0-or-later
// Colour stops: drag moves one, double-click on the bar adds one, a click asks for its colour, right-click removes it.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property var stops
    required property string label

    signal moved(int stop, real position)
    signal moveBegan
    signal moveEnded
    signal added(real position)
    signal removed(int stop)
    signal colourWanted(int stop)

    implicitHeight: theme.control
    Accessible.role: Accessible.Slider
    Accessible.name: root.label

    GradientItem {
        id: bar
        anchors.fill: parent
        anchors.topMargin: 4
        anchors.bottomMargin: 4
        stops: root.stops
    }
    MouseArea {
        anchors.fill: bar
        onDoubleClicked: mouse => root.added(mouse.x / width)
    }
    Repeater {
        model: root.stops.length
        delegate: Rectangle {
            id: knob
            required property int index
            readonly property var stop: root.stops[index]

            x: (stop ? stop.position : 0) * (root.width - width)
            width: 8
            height: root.height
            color: stop ? stop.colour : "black"
            border.width: 2
            border.color: root.theme.dark ? "#f2f2f2" : "#ffffff"
            Rectangle {
                anchors.fill: parent
                anchors.margins: -1
                color: "transparent"
                border.color: root.theme.dark ? "#000000" : "#707070"
            }
            MouseArea {
                property real startX: 0
                property bool dragging: false
                anchors.fill: parent
                anchors.margins: -3
                acceptedButtons: Qt.LeftButton | Qt.RightButton
                preventStealing: true
                onPressed: mouse => {
                    startX = mouse.x
                    dragging = false
                }
                onPositionChanged: mouse => {
                    if (!dragging && Math.abs(mouse.x - startX) > 3) {
                        dragging = true
                        root.moveBegan()
                    }
                    if (dragging)
                        root.moved(knob.index, mapToItem(root, mouse.x, 0).x / root.width)
                }
                onReleased: mouse => {
                    if (dragging)
                        root.moveEnded()
                    else if (mouse.button === Qt.RightButton)
                        root.removed(knob.index)
                    else
                        root.colourWanted(knob.index)
                }
            }
        }
    }
}
