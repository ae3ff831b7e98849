// SPDX-License-Identifier: GPL-3.0-or-later
// Points, sizes and angles of the current card, on the picture.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Viewer viewer
    readonly property rect place: viewer.camera.rect
    readonly property Overlay overlay: viewer.overlay

    Repeater {
        model: root.overlay
        Item {
            id: handle
            required property int index
            required property string title
            required property string shape
            required property point at
            required property point anchor
            required property real ring
            required property string value
            readonly property point from: Qt.point(root.place.x + anchor.x * root.place.width, root.place.y + anchor.y * root.place.height)
            readonly property point to: Qt.point(root.place.x + at.x * root.place.width, root.place.y + at.y * root.place.height)

            anchors.fill: parent

            Rectangle {
                visible: handle.shape === "turn"
                x: handle.from.x - width / 2
                y: handle.from.y - width / 2
                width: 2 * handle.ring * root.place.height
                height: width
                radius: width / 2
                color: "transparent"
                border.color: "#80ffffff"
            }
            Rectangle {
                visible: handle.shape === "box"
                x: handle.from.x - Math.abs(handle.to.x - handle.from.x)
                y: handle.from.y - Math.abs(handle.to.y - handle.from.y)
                width: 2 * Math.abs(handle.to.x - handle.from.x)
                height: 2 * Math.abs(handle.to.y - handle.from.y)
                color: "transparent"
                border.color: "#a0ffffff"
            }
            Rectangle {
                readonly property real dx: handle.to.x - handle.from.x
                readonly property real dy: handle.to.y - handle.from.y
                visible: handle.shape === "turn" || handle.shape === "vector"
                x: handle.from.x
                y: handle.from.y
                width: Math.hypot(dx, dy)
                height: 1
                transformOrigin: Item.Left
                rotation: Math.atan2(dy, dx) * 180 / Math.PI
                color: "#c0ffffff"
            }
            OverlayGrip {
                objectName: "grip:" + handle.title
                theme: root.theme
                x: handle.to.x - width / 2
                y: handle.to.y - height / 2
                title: handle.title
                value: handle.value
                round: handle.shape !== "box"
                onBegan: root.overlay.begin(handle.index)
                onMovedTo: at => root.overlay.moveTo(handle.index, root.viewer.camera.toPicture(at))
                onEnded: root.overlay.end()
                onNudged: (x, y) => root.overlay.nudge(handle.index, x, y)
            }
        }
    }
}
