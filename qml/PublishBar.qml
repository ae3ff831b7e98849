// SPDX-License-Identifier: GPL-3.0-or-later
// Publishing in one action: for ten seconds it can be taken back; then where it is.
import QtQuick
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Publisher publisher
    readonly property bool held: publisher.state === "held"
    readonly property bool waits: held && publisher.holding > 0
    readonly property var words: publisher.form.words

    signal editWanted

    visible: held
    width: row.implicitWidth + 32
    height: theme.header
    color: root.theme.raised
    border.color: root.theme.hairline
    Accessible.role: Accessible.AlertMessage
    Accessible.name: said.text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 12
        Words {
            id: said
            theme: root.theme
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, 560)
            text: root.waits ? qsTr("%1 goes to %2 in %3 s").arg(root.words.title).arg(root.publisher.account).arg(root.publisher.holding) : qsTr("%1 is being published").arg(root.words.title)
        }
        Words {
            theme: root.theme
            anchors.verticalCenter: parent.verticalCenter
            visible: root.waits && root.words.alt === ""
            soft: true
            text: qsTr("without alt text")
        }
        PlainButton {
            theme: root.theme
            visible: root.held // as long as the post itself waits
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Undo")
            onClicked: root.publisher.takeBack()
        }
        PlainButton {
            theme: root.theme
            visible: root.waits
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Edit")
            onClicked: {
                root.publisher.takeBack()
                root.editWanted()
            }
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        width: parent.width * root.publisher.progress
        height: 2
        color: root.theme.accent
    }
}
