// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's picture and nothing else, on the whole screen.
import QtQuick
import QtQuick.Window
import ArtDag

FocusScope {
    id: root
    required property Theme theme
    required property Session session
    readonly property string panel: "viewer"
    readonly property Item rest: picture

    signal leaveWanted

    visible: false
    Keys.onEscapePressed: root.leaveWanted()

    Rectangle {
        anchors.fill: parent
        color: "#000000"
    }
    PictureItem {
        id: picture
        anchors.fill: parent
        focus: true
        image: root.session.viewer.image
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Preview of %1").arg(root.session.viewer.title)
    }
    Binding {
        target: root.session.viewer
        property: "viewSize"
        value: Qt.size(root.width * Screen.devicePixelRatio, root.height * Screen.devicePixelRatio)
        when: root.visible
        restoreMode: Binding.RestoreBindingOrValue
    }
    MouseArea {
        anchors.fill: parent
        cursorShape: Qt.BlankCursor
        onDoubleClicked: root.leaveWanted()
    }
}
