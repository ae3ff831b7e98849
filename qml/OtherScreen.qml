// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's picture in a window of its own: on all of another screen where there is one, else to be put where one likes.
import QtQuick
import QtQuick.Window
import ArtDag

Window {
    id: root
    required property Session session
    required property var beside ///< the screen that is taken

    function toggle() {
        const free = Array.from(Application.screens).filter(each => each.name !== root.beside.name)
        if (root.visible) {
            root.close()
        } else if (free.length > 0) {
            root.screen = free[0]
            root.x = free[0].virtualX
            root.y = free[0].virtualY
            root.visibility = Window.FullScreen
        } else {
            root.visibility = Window.Windowed
        }
    }

    title: qsTr("Viewer – Art DAG")
    width: 960
    height: 540
    color: "#000000"
    visible: false
    Shortcut {
        sequence: "Esc"
        enabled: root.visible
        onActivated: root.close()
    }
    PictureItem {
        anchors.fill: parent
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
        cursorShape: root.visibility === Window.FullScreen ? Qt.BlankCursor : Qt.ArrowCursor
        onDoubleClicked: root.visibility = root.visibility === Window.FullScreen ? Window.Windowed : Window.FullScreen
    }
}
