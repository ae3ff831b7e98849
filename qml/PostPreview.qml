// SPDX-License-Identifier: GPL-3.0-or-later
// The post as a follower on another server will see it.
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property var image
    required property string title
    required property string alt
    required property string tags
    required property string license
    required property string account
    required property string checkable ///< what strangers can check, in words
    required property bool hasFilm

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(560, parent.width - 64)
        height: post.implicitHeight + 40
        visible: root.hasFilm
        color: root.theme.panel
        border.color: root.theme.hairline
        Column {
            id: post
            x: 20
            y: 20
            width: parent.width - 40
            spacing: 12
            Words { theme: root.theme; width: parent.width; strong: true; text: root.account === "" ? qsTr("you, once there is an account") : root.account }
            Words { theme: root.theme; width: parent.width; wrapMode: Text.Wrap; text: root.title }
            Rectangle {
                width: parent.width
                height: Math.round(width * 9 / 16)
                color: root.theme.surround
                PictureItem { anchors.fill: parent; image: root.image }
                Rectangle {
                    anchors.left: parent.left
                    anchors.bottom: parent.bottom
                    anchors.margins: 8
                    width: 36
                    height: root.theme.tall(20)
                    visible: root.alt !== ""
                    color: "#c0000000"
                    Words { theme: root.theme; anchors.centerIn: parent; small: true; strong: true; color: "#ffffff"; text: "ALT" }
                }
            }
            Words { theme: root.theme; width: parent.width; visible: root.alt !== ""; soft: true; wrapMode: Text.Wrap; maximumLineCount: 5; text: root.alt }
            Words { theme: root.theme; width: parent.width; visible: text !== ""; color: root.theme.accent; text: root.tags.split(",").map(tag => tag.trim()).filter(tag => tag !== "").map(tag => "#" + tag).join(" ") }
            Words { theme: root.theme; width: parent.width; soft: true; small: true; wrapMode: Text.Wrap; text: root.checkable === "" ? qsTr("%1 · signed").arg(root.license) : qsTr("%1 · signed: %2").arg(root.license).arg(root.checkable) }
        }
    }
    Column {
        anchors.centerIn: parent
        visible: !root.hasFilm
        spacing: 12
        Words { theme: root.theme; anchors.horizontalCenter: parent.horizontalCenter; strong: true; text: qsTr("Nothing to publish yet") }
        Words { theme: root.theme; anchors.horizontalCenter: parent.horizontalCenter; soft: true; text: qsTr("Render a film in Make, or choose one in Explore.") }
    }
}
