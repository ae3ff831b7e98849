// SPDX-License-Identifier: GPL-3.0-or-later
// Kept versions of the document, the newest first: each save keeps one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Sheet {
    id: root
    required property Session session

    name: qsTr("Kept versions")
    width: Math.min(theme.tall(640), parent.width - 32)
    height: Math.min(560, parent.height - 96)
    anchors.centerIn: parent

    Words {
        id: heading
        theme: root.theme
        strong: true
        font.pixelSize: root.theme.title
        text: qsTr("Kept versions")
    }
    Words {
        theme: root.theme
        anchors.centerIn: parent
        visible: list.count === 0
        width: parent.width - 48
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        soft: true
        text: qsTr("Each save keeps a version of the document. There is none yet.")
    }
    ListView {
        id: list
        anchors.top: heading.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        spacing: 4
        boundsBehavior: Flickable.StopAtBounds
        model: root.session.versions
        ScrollBar.vertical: ScrollBar { width: 8 }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Kept versions")
        delegate: Rectangle {
            id: row
            required property int index
            required property string when
            required property string title
            required property string facts
            required property url picture
            required property bool newest
            width: list.width
            height: root.theme.tall(76)
            color: root.theme.raised
            Rectangle {
                id: frame
                anchors.left: parent.left
                anchors.leftMargin: 8
                y: 8
                width: 107
                height: 60
                color: root.theme.surround
                Image {
                    anchors.fill: parent
                    source: row.picture
                    sourceSize.width: 214
                    asynchronous: true
                    fillMode: Image.PreserveAspectFit
                }
            }
            Column {
                anchors.left: frame.right
                anchors.leftMargin: 16
                anchors.right: buttons.left
                anchors.rightMargin: 8
                anchors.verticalCenter: parent.verticalCenter
                spacing: 4
                Words { theme: root.theme; width: parent.width; text: row.newest ? qsTr("%1 · the last save").arg(row.when) : row.when }
                Words { theme: root.theme; width: parent.width; soft: true; text: qsTr("%1 · %2", "title · number of nodes").arg(row.title).arg(row.facts) }
            }
            Row {
                id: buttons
                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                spacing: 8
                PlainButton {
                    theme: root.theme
                    text: qsTr("Open as a copy")
                    onClicked: {
                        root.close()
                        root.session.openVersion(row.index)
                    }
                }
                PlainButton {
                    theme: root.theme
                    primary: true
                    text: qsTr("Restore")
                    tip: qsTr("Undo brings back what is there now")
                    onClicked: {
                        root.close()
                        root.session.restoreVersion(row.index)
                    }
                }
            }
        }
    }
}
