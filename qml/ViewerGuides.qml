// SPDX-License-Identifier: GPL-3.0-or-later
// Thirds, and the safe areas of SMPTE ST 2046-1: 93 % for action, 90 % for titles.
pragma ComponentBehavior: Bound
import QtQuick
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Viewer viewer
    readonly property rect place: viewer.camera.rect

    x: place.x
    y: place.y
    width: place.width
    height: place.height

    Repeater {
        model: root.viewer.grid ? [1 / 3, 2 / 3] : []
        Item {
            required property real modelData
            Rectangle { x: Math.round(parent.modelData * root.width); width: 1; height: root.height; color: "#80ffffff" }
            Rectangle { y: Math.round(parent.modelData * root.height); width: root.width; height: 1; color: "#80ffffff" }
        }
    }
    Repeater {
        model: root.viewer.safeAreas ? [0.93, 0.9] : []
        Rectangle {
            required property real modelData
            x: Math.round(root.width * (1 - modelData) / 2)
            y: Math.round(root.height * (1 - modelData) / 2)
            width: Math.round(root.width * modelData)
            height: Math.round(root.height * modelData)
            color: "transparent"
            border.color: "#a0ffffff"
        }
    }
}
