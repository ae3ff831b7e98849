// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Library library
    required property int index
    required property string name
    required property string detail
    required property string assetState
    required property var image
    required property string key
    property bool current: false
    property bool focusShown: false
    property bool dragged: false
    readonly property string section: library.section
    readonly property bool pictured: section === "media"

    signal chosen(int row)

    height: pictured ? 56 : 44
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2").arg(root.name).arg(root.detail)
    Accessible.selected: root.current

    Rectangle {
        id: card
        width: root.width
        height: root.height
        color: root.current || root.dragged ? root.theme.raised : "transparent"
        Drag.active: root.dragged
        Drag.keys: ["artdag/library"]
        Drag.source: root
        Drag.hotSpot: Qt.point(24, 20)
        opacity: root.dragged ? 0.8 : 1
        // Above everything while it is dragged: the list clips.
        states: State {
            when: root.dragged
            ParentChange { target: card; parent: root.Window.contentItem }
        }

        Rectangle {
            width: 2
            height: parent.height
            visible: root.current && root.focusShown
            color: root.theme.accent
        }
        Rectangle {
            id: picture
            x: 8
            y: 8
            width: 72
            height: root.theme.tall(40)
            visible: root.pictured
            color: root.theme.canvas
            border.color: root.assetState === "missing" ? root.theme.failed : "transparent"
            PictureItem {
                anchors.fill: parent
                anchors.margins: 1
                image: root.image
            }
        }
        Column {
            anchors.left: parent.left
            anchors.leftMargin: root.pictured ? 88 : 8
            anchors.right: fresh.visible ? fresh.left : parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            Words {
                theme: root.theme
                width: parent.width
                text: root.name
            }
            Words {
                theme: root.theme
                width: parent.width
                small: true
                soft: true
                color: root.assetState === "missing" || root.assetState === "changed" ? root.theme.failed : root.theme.soft
                text: root.detail
            }
        }
        IconButton {
            id: fresh
            theme: root.theme
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.pictured && root.assetState === "changed"
            glyph: "redo"
            tip: qsTr("Take the file's new content, here in the recipe")
            onClicked: root.library.takeNew(root.index)
        }
    }
    DragHandler {
        id: drag
        target: card
        enabled: root.assetState !== "missing"
        onActiveChanged: {
            if (!active)
                card.Drag.drop() // while it is still being dragged
            root.dragged = active
            if (active)
                return
            card.x = 0
            card.y = 0
        }
    }
    TapHandler {
        onTapped: root.chosen(root.index)
        onDoubleTapped: root.library.use(root.index)
    }
}
