// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of the selected node and what it is compared with, with the transport under it.
import QtQuick
import QtQuick.Layouts
import ArtDag

FocusScope {
    id: root
    required property Theme theme
    required property Session session
    readonly property Viewer viewer: session.viewer
    readonly property Player player: session.player
    readonly property string words: viewer.message !== "" ? viewer.message : viewer.compare.message

    activeFocusOnTab: true // so that Tab goes on inside

    Rectangle {
        anchors.fill: parent
        color: root.theme.panel
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Item { // so that the panel is not laid out again at each word of the bar
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.bar
            ViewerBar {
                anchors.fill: parent
                anchors.leftMargin: root.theme.pad
                anchors.rightMargin: 12
                theme: root.theme
                viewer: root.viewer
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            color: root.theme.surround
            ViewerStage {
                id: stage
                objectName: "stage"
                anchors.fill: parent
                theme: root.theme
                viewer: root.viewer
                onPressed: root.forceActiveFocus()
            }
            WaveformItem {
                anchors.fill: parent
                anchors.margins: 24
                visible: root.viewer.soundOnly
                peaks: root.viewer.peaks
                colour: root.theme.sound
            }
            PixelReadout {
                anchors.left: parent.left
                anchors.bottom: parent.bottom
                anchors.margins: 8
                theme: root.theme
                probe: root.viewer.probe
            }
            Scope {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: 8
                theme: root.theme
                scope: root.viewer.scope
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.top: parent.top
                anchors.topMargin: 8
                visible: root.viewer.caching
                width: cachingWords.implicitWidth + 24
                height: root.theme.row
                color: root.theme.raised
                border.color: root.theme.hairline
                Words { id: cachingWords; theme: root.theme; anchors.centerIn: parent; text: root.viewer.cachingText }
            }
            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 16
                visible: root.words !== ""
                width: Math.min(parent.width - 32, trouble.implicitWidth + 24)
                height: trouble.implicitHeight + 16
                color: root.theme.raised
                border.color: root.viewer.message !== "" ? root.theme.failed : root.theme.hairline
                Words {
                    id: trouble
                    theme: root.theme
                    anchors.centerIn: parent
                    width: Math.min(implicitWidth, root.width - 72)
                    wrapMode: Text.Wrap
                    text: root.words
                }
            }
            Words {
                theme: root.theme
                anchors.centerIn: parent
                visible: stage.empty && root.words === "" && !root.viewer.busy && !root.viewer.soundOnly
                soft: true
                text: qsTr("Select a node to see it here")
            }
            Rectangle {
                anchors.fill: parent
                visible: root.activeFocus
                color: "transparent"
                border.color: root.theme.accent
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
        TransportBar {
            theme: root.theme
            viewer: root.viewer
            player: root.player
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.bar
        }
    }
}
