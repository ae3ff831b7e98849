// SPDX-License-Identifier: GPL-3.0-or-later
// Ruler, playhead, what is at hand, small pictures along the film and its sound.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Timeline timeline: session.timeline
    readonly property Player player: session.player
    readonly property real trackX: 132

    Rectangle {
        anchors.fill: parent
        color: root.theme.panel
    }
    Rectangle {
        width: parent.width
        height: 1
        color: root.theme.hairline
    }
    Words { theme: root.theme; x: root.theme.pad; y: 8; height: 20; soft: true; text: qsTr("time") }
    Words { theme: root.theme; x: root.theme.pad; y: film.y; height: film.height; visible: film.visible; text: qsTr("film") }
    Words { theme: root.theme; x: root.theme.pad; y: wave.y; height: wave.height; visible: wave.visible; text: qsTr("sound") }

    Item {
        id: track
        x: root.trackX
        width: parent.width - root.trackX - 24
        height: parent.height
        onWidthChanged: root.timeline.width = width

        Repeater {
            model: root.timeline.marks
            Item {
                id: mark
                required property var modelData
                x: Math.round(mark.modelData.position * track.width)
                Rectangle { y: 20; width: 1; height: 8; color: root.theme.soft }
                Words {
                    theme: root.theme
                    x: 6
                    y: 8
                    height: 20
                    small: true
                    soft: true
                    visible: mark.x < track.width - 28
                    text: mark.modelData.text
                }
            }
        }
        Rectangle { y: 32; width: parent.width; height: 2; color: root.theme.hairline }
        Repeater {
            model: root.timeline.cached
            Rectangle {
                required property var modelData
                x: modelData.position * track.width
                y: 32
                width: Math.max(1, modelData.length * track.width)
                height: 2
                color: root.theme.accent
            }
        }
        Row {
            id: film
            y: 44
            height: 40
            visible: root.timeline.hasPicture
            Repeater {
                id: cells
                model: root.timeline.strip
                Rectangle {
                    required property var image
                    width: track.width / cells.count
                    height: film.height
                    color: root.theme.canvas
                    PictureItem {
                        anchors.fill: parent
                        anchors.rightMargin: 1
                        crop: true
                        image: parent.image
                    }
                }
            }
        }
        WaveformItem {
            id: wave
            y: film.visible ? 96 : 48
            width: parent.width
            height: Math.max(24, parent.height - y - 16)
            visible: root.timeline.hasSound
            peaks: root.timeline.peaks
            colour: root.theme.sound
        }
        Words {
            theme: root.theme
            anchors.centerIn: parent
            visible: !root.timeline.hasPicture && !root.timeline.hasSound
            soft: true
            text: qsTr("Connect something to the output: the film appears here")
        }
        MouseArea {
            anchors.fill: parent
            anchors.leftMargin: -8
            anchors.rightMargin: -8
            Accessible.role: Accessible.Slider
            Accessible.name: qsTr("Playhead, %1").arg(root.player.timeText)
            onPressed: mouse => root.player.seekTo((mouse.x - 8) / track.width)
            onPositionChanged: mouse => root.player.seekTo((mouse.x - 8) / track.width)
        }
        Item {
            x: Math.round(root.player.position * track.width)
            height: parent.height
            Rectangle { x: -1; y: 8; width: 2; height: parent.height - 16; color: root.theme.text; opacity: 0.85 }
            Rectangle { x: -5; y: 4; width: 10; height: 10; radius: 2; color: root.theme.text }
        }
    }
}
