// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of the selected node, with the transport under it.
import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session
    readonly property Viewer viewer: session.viewer
    readonly property Player player: session.player

    Rectangle {
        anchors.fill: parent
        color: root.theme.panel
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.bar
            Layout.leftMargin: root.theme.pad
            Layout.rightMargin: root.theme.pad
            spacing: root.theme.gap
            Words {
                theme: root.theme
                strong: true
                text: root.viewer.title
                Layout.fillWidth: true
            }
            Words {
                theme: root.theme
                soft: true
                text: root.viewer.busy ? qsTr("rendering … · %1").arg(root.viewer.scaleText) : root.viewer.scaleText
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            color: root.theme.surround
            PictureItem {
                id: picture
                anchors.fill: parent
                image: root.viewer.image
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Preview of %1").arg(root.viewer.title)
            }
            Binding {
                target: root.viewer
                property: "viewSize"
                value: Qt.size(picture.width * Screen.devicePixelRatio, picture.height * Screen.devicePixelRatio)
            }
            WaveformItem {
                anchors.fill: parent
                anchors.margins: 24
                visible: root.viewer.soundOnly
                peaks: root.viewer.peaks
                colour: root.theme.sound
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 16
                visible: root.viewer.message !== ""
                width: Math.min(parent.width - 32, trouble.implicitWidth + 24)
                height: trouble.implicitHeight + 16
                color: root.theme.raised
                border.color: root.theme.failed
                Words {
                    id: trouble
                    theme: root.theme
                    anchors.centerIn: parent
                    width: Math.min(implicitWidth, root.width - 72)
                    wrapMode: Text.Wrap
                    text: root.viewer.message
                }
            }
            Words {
                theme: root.theme
                anchors.centerIn: parent
                visible: picture.empty && root.viewer.message === "" && !root.viewer.busy && !root.viewer.soundOnly
                soft: true
                text: qsTr("Select a node to see it here")
            }
            DropArea {
                anchors.fill: parent
                keys: ["text/uri-list"]
                onDropped: drop => {
                    for (const url of drop.urls)
                        root.session.takeFile(url)
                }
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.bar
            Words {
                theme: root.theme
                anchors.left: parent.left
                anchors.leftMargin: root.theme.pad
                anchors.verticalCenter: parent.verticalCenter
                text: root.player.timeText
            }
            Row {
                anchors.centerIn: parent
                spacing: 8
                IconButton { theme: root.theme; glyph: "to_start"; tip: qsTr("To the start"); onClicked: root.player.toStart() }
                IconButton { theme: root.theme; glyph: "step_back"; tip: qsTr("A frame back (←)"); onClicked: root.player.step(-1) }
                IconButton {
                    theme: root.theme
                    glyph: root.player.playing ? "pause" : "play"
                    tint: root.theme.text
                    tip: root.player.playing ? qsTr("Pause (Space)") : qsTr("Play (Space)")
                    onClicked: root.player.toggle()
                }
                IconButton { theme: root.theme; glyph: "step_forward"; tip: qsTr("A frame on (→)"); onClicked: root.player.step(1) }
                IconButton { theme: root.theme; glyph: "to_end"; tip: qsTr("To the end"); onClicked: root.player.toEnd() }
            }
            Row {
                anchors.right: parent.right
                anchors.rightMargin: root.theme.pad
                anchors.verticalCenter: parent.verticalCenter
                spacing: 8
                Words {
                    theme: root.theme
                    height: root.theme.control
                    soft: true
                    text: root.viewer.rateText !== "" ? root.viewer.rateText : root.player.lengthText
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
    }
}
