// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property int index
    required property string label
    required property var image
    required property string cellState
    required property string message
    required property string mark
    property bool current: false
    property bool focusShown: false

    signal chosen(int row)
    signal opened(int row)

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(root.label).arg(stateWords.text)
    Accessible.selected: root.current

    Rectangle {
        anchors.fill: parent
        anchors.margins: 8
        color: root.theme.panel
        border.width: root.current ? 2 : 1
        border.color: root.current ? (root.focusShown ? root.theme.accent : root.theme.soft) : root.theme.hairline
        opacity: root.mark === "discarded" ? 0.35 : 1

        Rectangle {
            x: 2
            y: 2
            width: parent.width - 4
            height: parent.height - 34
            color: root.theme.canvas
            PictureItem {
                anchors.fill: parent
                image: root.image
            }
            Words {
                theme: root.theme
                anchors.fill: parent
                anchors.margins: 12
                visible: root.cellState === "failed"
                color: root.theme.failed
                wrapMode: Text.Wrap
                small: true
                horizontalAlignment: Text.AlignHCenter
                text: root.message
            }
        }
        Words {
            theme: root.theme
            anchors.left: parent.left
            anchors.leftMargin: 10
            anchors.right: stateWords.left
            anchors.rightMargin: 8
            anchors.bottom: parent.bottom
            height: root.theme.tall(32)
            soft: root.cellState === "waiting"
            text: root.label
        }
        Words {
            id: stateWords
            theme: root.theme
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.bottom: parent.bottom
            height: root.theme.tall(32)
            soft: root.mark !== "kept"
            color: root.mark === "kept" ? root.theme.kept : root.theme.soft
            text: root.mark === "kept" ? qsTr("✓ kept") : (root.mark === "discarded" ? qsTr("discarded") : (root.cellState === "ready" ? root.message : (root.cellState === "failed" ? qsTr("failed") : qsTr("waiting"))))
        }
    }
    TapHandler {
        onTapped: root.chosen(root.index)
        onDoubleTapped: root.opened(root.index)
    }
}
