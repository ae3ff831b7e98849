// SPDX-License-Identifier: GPL-3.0-or-later
// What has just happened, or went wrong; it goes by itself when it is no trouble.
import QtQuick
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Session session

    visible: session.notice !== ""
    width: Math.min(640, words.implicitWidth + 64)
    height: words.implicitHeight + 20
    color: root.theme.raised
    border.color: session.noticeSevere ? root.theme.failed : root.theme.hairline
    Accessible.role: Accessible.AlertMessage
    Accessible.name: session.notice

    Words {
        id: words
        theme: root.theme
        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.right: closer.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        wrapMode: Text.Wrap
        maximumLineCount: 6
        color: root.session.noticeSevere ? root.theme.failed : root.theme.text
        text: root.session.notice
    }
    IconButton {
        id: closer
        theme: root.theme
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        glyph: "close"
        tip: qsTr("Close")
        onClicked: root.session.clearNotice()
    }
    Timer {
        running: root.visible && !root.session.noticeSevere
        interval: 6000
        onTriggered: root.session.clearNotice()
    }
}
