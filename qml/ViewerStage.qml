// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures: A, B, their difference; zoomed and panned by one camera.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Viewer viewer
    readonly property Comparison compare: viewer.compare
    readonly property ViewCamera camera: viewer.camera
    readonly property bool both: compare.mode === Comparison.SideBySide
    readonly property real side: both ? Math.floor((width - 1) / 2) : width
    readonly property bool empty: picture.empty

    signal pressed

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    clip: true
    onSideChanged: camera.setView(Qt.size(side, height), Screen.devicePixelRatio)
    onHeightChanged: camera.setView(Qt.size(side, height), Screen.devicePixelRatio)
    Binding {
        target: root.viewer
        property: "viewSize"
        value: Qt.size(root.side * Screen.devicePixelRatio, root.height * Screen.devicePixelRatio)
    }

    Item {
        width: root.side
        height: root.height
        clip: root.both
        PictureItem {
            id: picture
            anchors.fill: parent
            place: root.camera.rect
            nearest: root.camera.nearest
            image: root.compare.mode === Comparison.Difference ? root.compare.difference : (root.compare.showsB ? root.compare.image : root.viewer.image)
            Accessible.role: Accessible.Graphic
            Accessible.name: root.compare.showsB ? qsTr("Preview of B, %1").arg(root.compare.title) : qsTr("Preview of %1").arg(root.viewer.title)
        }
    }
    Item {
        id: other
        readonly property bool wiping: root.compare.mode === Comparison.Wipe
        readonly property real from: wiping ? Math.round(root.compare.wipe * root.width) : root.width - root.side
        visible: wiping || root.both
        x: from
        width: root.width - from
        height: root.height
        clip: true
        Rectangle {
            anchors.fill: parent
            color: root.theme.surround
        }
        PictureItem {
            x: other.wiping ? -other.from : 0
            width: root.side
            height: root.height
            place: root.camera.rect
            nearest: root.camera.nearest
            image: root.compare.image
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Preview of B, %1").arg(root.compare.title)
        }
    }
    Rectangle {
        visible: root.both
        x: root.side
        width: 1
        height: parent.height
        color: root.theme.hairline
    }
    ViewerMouse {
        anchors.fill: parent
        viewer: root.viewer
        side: root.side
        onPressed: root.pressed()
    }
    ViewerGuides {
        theme: root.theme
        viewer: root.viewer
    }
    OverlayHandles {
        width: root.side
        height: root.height
        clip: true
        theme: root.theme
        viewer: root.viewer
        visible: root.viewer.overlay.on && !root.compare.showsB && !picture.empty
    }
    WipeLine {
        theme: root.theme
        compare: root.compare
        visible: other.wiping
        height: root.height
        span: root.width
    }
    SideName { theme: root.theme; x: 8; text: qsTr("A"); visible: root.both || other.wiping }
    SideName { theme: root.theme; x: root.width - width - 8; text: qsTr("B: %1").arg(root.compare.title); visible: root.both || other.wiping }
}
