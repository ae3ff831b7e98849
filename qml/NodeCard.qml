// SPDX-License-Identifier: GPL-3.0-or-later
// A card on the canvas: title, thumbnail, footer, state strip. It takes no input; the canvas does.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property string name
    required property string title
    required property string effect
    required property string summary
    required property string kind
    required property real cardX
    required property real cardY
    required property real cardWidth
    required property real cardHeight
    required property bool selected
    required property bool bypass
    required property string cacheState
    required property string message
    required property var thumbnail
    required property string spoken
    required property int bookmark
    required property bool shown

    visible: shown
    x: cardX
    y: cardY
    width: cardWidth
    height: cardHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: root.spoken
    Accessible.selected: root.selected

    Rectangle {
        anchors.fill: parent
        color: root.theme.raised
    }
    Words {
        theme: root.theme
        anchors.right: parent.right
        anchors.rightMargin: 10
        height: 28
        visible: root.bookmark > 0
        small: true
        color: root.theme.accent
        text: root.bookmark
    }
    // A group looks like a pile.
    Repeater {
        model: root.kind === "group" ? 2 : 0
        Rectangle {
            required property int index
            x: 4 * (index + 1)
            y: parent.height + 3 * index
            width: parent.width - 2 * x
            height: 3
            color: root.theme.raised
            border.color: root.theme.hairline
        }
    }
    Words {
        theme: root.theme
        x: 10
        width: parent.width - 20 - (root.bookmark > 0 ? 12 : 0)
        height: 28
        strong: true
        text: root.title
        font.strikeout: root.bypass
        opacity: root.bypass ? 0.6 : 1
    }
    Words {
        theme: root.theme
        visible: root.kind === "output"
        x: 16
        y: 28
        width: parent.width - 24
        height: parent.height - 36
        soft: true
        small: true
        wrapMode: Text.Wrap
        text: !visible ? "" : (root.effect === "group" ? qsTr("output of the group") : root.effect) // what is not seen is laid out, too
    }
    Rectangle {
        id: stage
        visible: root.kind !== "output"
        x: 1
        y: 28
        width: parent.width - 2
        height: 90
        color: root.theme.canvas
        PictureItem {
            anchors.fill: parent
            image: root.thumbnail
            opacity: root.bypass ? 0.35 : 1
        }
        Words {
            theme: root.theme
            anchors.centerIn: parent
            width: parent.width - 16
            visible: text !== ""
            small: true
            wrapMode: Text.Wrap
            maximumLineCount: 4
            horizontalAlignment: Text.AlignHCenter
            color: root.cacheState === "failed" ? root.theme.failed : root.theme.soft
            text: root.cacheState === "failed" || root.cacheState === "waiting" ? root.message : (root.kind === "missing" ? qsTr("This effect is not in this build") : "")
        }
    }
    Words {
        theme: root.theme
        visible: root.kind !== "output"
        x: 10
        y: parent.height - 30
        width: parent.width - 20
        height: 26
        small: true
        soft: true
        text: root.kind === "output" ? "" : (root.bypass ? qsTr("bypassed") : root.summary)
    }
    StateStrip {
        visible: root.kind === "node" || root.kind === "group"
        theme: root.theme
        x: 0
        y: parent.height - height
        width: parent.width
        cacheState: root.cacheState
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: root.selected ? 2 : 1
        border.color: root.cacheState === "failed" && !root.selected ? root.theme.failed : (root.selected ? root.theme.accent : root.theme.hairline)
    }
}
