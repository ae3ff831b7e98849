// SPDX-License-Identifier: GPL-3.0-or-later
// Marks of time, what is at hand, markers, in and out; a press moves the playhead, a wheel zooms.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Timeline timeline
    required property Player player
    readonly property TimeWindow time: timeline.window

    signal pressed

    Item {
        anchors.fill: parent
        clip: true
        Repeater {
            model: root.time.marks
            Item {
                id: mark
                required property var modelData
                x: Math.round(mark.modelData.position * root.width)
                Rectangle { y: 20; width: 1; height: 8; color: root.theme.soft }
                Words { theme: root.theme; x: 6; y: 8; height: 20; small: true; soft: true; visible: mark.x + implicitWidth < root.width - 4; text: mark.modelData.text }
            }
        }
        Rectangle { y: 32; width: parent.width; height: 2; color: root.theme.hairline }
        Repeater {
            model: root.timeline.cached
            Rectangle {
                required property var modelData
                x: modelData.position * root.width
                y: 32
                width: Math.max(1, modelData.length * root.width)
                height: 2
                color: root.theme.accent
            }
        }
    }
    MouseArea {
        anchors.fill: parent
        anchors.leftMargin: -8
        anchors.rightMargin: -8
        Accessible.role: Accessible.Slider
        Accessible.name: qsTr("Playhead, %1").arg(root.player.timeText)
        onPressed: mouse => {
            root.pressed()
            root.time.seek((mouse.x - 8) / root.width)
        }
        onPositionChanged: mouse => root.time.seek((mouse.x - 8) / root.width)
        onWheel: wheel => root.time.wheel((wheel.x - 8) / root.width, wheel.angleDelta, wheel.pixelDelta, wheel.modifiers, true)
    }
    Repeater {
        model: root.timeline.markers
        Item {
            id: marker
            required property var modelData
            required property int index
            x: Math.round(modelData.at * root.width) - 6
            y: 4
            width: 12
            height: 16
            visible: modelData.at >= 0 && modelData.at <= 1
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Marker at %1 %2").arg(modelData.time).arg(modelData.title)
            Rectangle { x: 2; width: 8; height: 8; rotation: 45; color: root.theme.signal }
            MouseArea {
                anchors.fill: parent
                preventStealing: true
                onReleased: mouse => root.timeline.moveMarker(marker.index, (marker.x + mouse.x) / root.width)
            }
        }
    }
    RangeGrip { theme: root.theme; span: root.width; at: root.time.inAt; start: true; used: root.player.ranged; onMoved: at => root.time.setIn(at) }
    RangeGrip { theme: root.theme; span: root.width; at: root.time.outAt; start: false; used: root.player.ranged; onMoved: at => root.time.setOut(at) }
}
