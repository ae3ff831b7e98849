// SPDX-License-Identifier: GPL-3.0-or-later
// Time, playing, in and out, loop, sound.
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Viewer viewer
    required property Player player

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    Row {
        anchors.left: parent.left
        anchors.leftMargin: root.theme.pad - 6
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4
        Chip {
            theme: root.theme
            soft: false
            text: root.player.timeText
            tip: qsTr("Time in %1; the next style (Shift+T)").arg(root.player.timeStyleName)
            onClicked: root.player.nextTimeStyle()
        }
        Chip {
            theme: root.theme
            visible: root.player.ranged && root.width > 520
            text: qsTr("in – out")
            tip: qsTr("Only from in to out is played; forget both (Shift+I)")
            onClicked: root.player.clearRange()
        }
    }
    Row {
        anchors.centerIn: parent
        spacing: 8
        IconButton { theme: root.theme; glyph: "to_start"; tip: qsTr("To the start (Home)"); onClicked: root.player.toStart() }
        IconButton { theme: root.theme; glyph: "step_back"; tip: qsTr("A frame back (←)"); onClicked: root.player.step(-1) }
        IconButton {
            theme: root.theme
            glyph: root.player.playing ? "pause" : "play"
            tint: root.theme.text
            tip: root.player.playing ? qsTr("Pause (Space)") : qsTr("Play (Space); every frame (Shift+Space); J K L")
            onClicked: root.viewer.run("viewer.play")
        }
        IconButton { theme: root.theme; glyph: "step_forward"; tip: qsTr("A frame on (→)"); onClicked: root.player.step(1) }
        IconButton { theme: root.theme; glyph: "to_end"; tip: qsTr("To the end (End)"); onClicked: root.player.toEnd() }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: root.theme.pad - 4
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4
        Words {
            theme: root.theme
            width: Math.min(implicitWidth, root.width / 2 - 160)
            height: root.theme.control
            soft: true
            text: root.viewer.rateText !== "" ? root.viewer.rateText : (root.player.playing && root.player.speed !== 1 ? qsTr("%1 ×").arg(root.player.speed) : root.player.lengthText)
        }
        IconButton {
            theme: root.theme
            glyph: "loop"
            tint: root.player.loop ? root.theme.accent : root.theme.soft
            tip: root.player.loop ? qsTr("Play once (Ctrl+L)") : qsTr("Loop (Ctrl+L)")
            onClicked: root.player.loop = !root.player.loop
        }
        IconButton {
            theme: root.theme
            visible: root.player.hasDevice
            glyph: root.player.muted ? "muted" : "sound"
            tip: root.player.muted ? qsTr("Sound on") : qsTr("Sound off")
            onClicked: root.player.muted = !root.player.muted
        }
    }
}
