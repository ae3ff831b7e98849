// SPDX-License-Identifier: GPL-3.0-or-later
// Time: ruler, playhead, in and out, and under them the film, its items, curves, sound and marks.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

FocusScope {
    id: root
    required property Theme theme
    required property Session session
    readonly property Timeline timeline: session.timeline
    readonly property TimeWindow time: timeline.window
    readonly property Player player: session.player
    readonly property real trackX: 132
    readonly property real trackWidth: width - trackX - 24

    activeFocusOnTab: true // so that Tab goes on inside
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    onTrackWidthChanged: time.width = trackWidth

    Rectangle {
        anchors.fill: parent
        color: root.theme.panel
    }
    Rectangle {
        width: parent.width
        height: 1
        color: root.activeFocus ? root.theme.accent : root.theme.hairline
    }
    TimelineTools {
        x: root.theme.pad - 4
        y: 8
        width: root.trackX - 20
        theme: root.theme
        timeline: root.timeline
    }
    TimelineRuler {
        x: root.trackX
        width: root.trackWidth
        height: 40
        theme: root.theme
        timeline: root.timeline
        player: root.player
        onPressed: root.forceActiveFocus()
    }
    Flickable {
        id: rows
        y: 40
        width: parent.width
        height: parent.height - 40 - (bar.visible ? 12 : 4)
        contentHeight: body.height + 8
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: false
        ScrollBar.vertical: ScrollBar { policy: rows.contentHeight > rows.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff; width: 8 }

        MouseArea {
            x: root.trackX
            width: root.trackWidth
            height: Math.max(rows.height, rows.contentHeight)
            onPressed: mouse => {
                root.forceActiveFocus()
                root.timeline.curves.select(-1, -1, false)
                root.time.seek(mouse.x / width)
            }
            onPositionChanged: mouse => root.time.seek(mouse.x / width)
            onWheel: wheel => {
                if (!root.time.wheel(wheel.x / width, wheel.angleDelta, wheel.pixelDelta, wheel.modifiers, rows.contentHeight <= rows.height))
                    rows.contentY = Math.max(0, Math.min(rows.contentHeight - rows.height, rows.contentY - wheel.angleDelta.y / 3))
            }
        }
        Column {
            id: body
            y: 4
            width: rows.width
            spacing: 8

            FilmRow { theme: root.theme; timeline: root.timeline; trackX: root.trackX; trackWidth: root.trackWidth; visible: root.timeline.hasPicture }
            ItemRow { theme: root.theme; items: root.timeline.items; trackX: root.trackX; trackWidth: root.trackWidth; visible: root.timeline.items.count > 0 }
            Repeater {
                model: root.timeline.curves
                CurveRow {
                    theme: root.theme
                    curveModel: root.timeline.curves
                    trackX: root.trackX
                    trackWidth: root.trackWidth
                    onTouched: root.forceActiveFocus()
                }
            }
            Item {
                width: body.width
                height: root.theme.header
                visible: root.timeline.hasSound
                Words { theme: root.theme; x: root.theme.pad; height: parent.height; width: root.trackX - 24; text: qsTr("sound") }
                WaveformItem {
                    objectName: "waveform"
                    x: root.trackX
                    width: root.trackWidth
                    height: parent.height
                    peaks: root.timeline.peaks
                    colour: root.theme.sound
                }
            }
            Repeater {
                model: root.timeline.events
                EventRow { theme: root.theme; trackX: root.trackX; trackWidth: root.trackWidth }
            }
        }
    }
    Words {
        theme: root.theme
        x: root.trackX
        y: 40
        width: root.trackWidth
        height: parent.height - 40
        horizontalAlignment: Text.AlignHCenter
        visible: !root.timeline.hasPicture && !root.timeline.hasSound
        soft: true
        text: qsTr("Connect something to the output: the film appears here")
    }
    TimelineCursor {
        x: root.trackX
        width: root.trackWidth
        height: parent.height
        theme: root.theme
        time: root.time
        ranged: root.player.ranged
    }
    ScrollBar {
        id: bar
        x: root.trackX
        y: parent.height - 10
        width: root.trackWidth
        height: 8
        orientation: Qt.Horizontal
        visible: root.time.scrollPart < 0.999
        policy: ScrollBar.AlwaysOn
        size: root.time.scrollPart
        position: root.time.scrollAt
        onPositionChanged: if (pressed) root.time.scrollTo(position)
    }
}
