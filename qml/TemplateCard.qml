// SPDX-License-Identifier: GPL-3.0-or-later
// A template: its picture, which plays when it can, and its name.
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

AbstractButton {
    id: root
    required property Theme theme
    required property int index
    required property string title
    required property string words
    required property string path
    required property url still
    required property bool ready
    required property var image

    signal chosen(string path)
    signal pointedAt(int row)

    height: Math.round(width * 9 / 16) + theme.bar
    hoverEnabled: true
    Accessible.name: qsTr("Template %1").arg(root.title)
    Accessible.description: root.words
    onClicked: root.chosen(root.path)
    onHoveredChanged: if (hovered) root.pointedAt(root.index)
    Keys.onReturnPressed: root.chosen(root.path)
    Keys.onEnterPressed: root.chosen(root.path)

    ToolTip.visible: hovered
    ToolTip.delay: 700
    ToolTip.text: root.words

    contentItem: Column {
        Rectangle {
            width: root.width
            height: Math.round(width * 9 / 16)
            color: root.theme.surround
            Image {
                anchors.fill: parent
                source: root.still
                sourceSize.width: 480
                asynchronous: true
                fillMode: Image.PreserveAspectCrop
            }
            PictureItem {
                anchors.fill: parent
                visible: root.ready
                crop: true
                image: root.image
            }
            Rectangle {
                anchors.fill: parent
                visible: root.hovered || root.visualFocus
                color: "transparent"
                border.width: 2
                border.color: root.theme.accent
            }
        }
        Words {
            theme: root.theme
            width: root.width
            height: root.theme.bar
            text: root.title
        }
    }
    background: Item {}
}
