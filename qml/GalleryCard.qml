// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property int index
    required property string title
    required property var image
    required property string when
    required property string length
    required property string mark
    required property string size
    required property string page
    required property bool missing
    property bool current: false

    signal chosen(int row)
    signal opened(int row)

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(root.title).arg(root.when)
    Accessible.selected: root.current

    Rectangle {
        id: frame
        anchors.fill: parent
        anchors.margins: 8
        color: root.theme.raised
        border.width: root.current ? 2 : 1
        border.color: root.current ? root.theme.accent : root.theme.hairline
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
        }
        Words {
            theme: root.theme
            anchors.left: parent.left
            anchors.leftMargin: 10
            anchors.right: factWords.left
            anchors.rightMargin: 8
            anchors.bottom: parent.bottom
            height: 32
            text: root.title
        }
        Words {
            id: factWords
            theme: root.theme
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.bottom: parent.bottom
            height: 32
            soft: root.mark === ""
            color: root.mark === "" || root.mark === "discarded" ? root.theme.soft : root.theme.kept
            text: root.missing ? qsTr("file is gone") : (root.mark === "starred" ? qsTr("★ starred") : (root.mark === "kept" ? qsTr("✓ kept") : (root.mark === "discarded" ? qsTr("discarded") : (root.page !== "" ? qsTr("published") : root.length))))
        }
    }
    TapHandler {
        onTapped: root.chosen(root.index)
        onDoubleTapped: root.opened(root.index)
    }
}
