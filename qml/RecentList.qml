// SPDX-License-Identifier: GPL-3.0-or-later
// The recipes of lately.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Session session

    Words {
        theme: root.theme
        anchors.centerIn: parent
        visible: list.count === 0
        soft: true
        text: qsTr("The recipes you save will be listed here.")
    }
    ListView {
        id: list
        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: count > 0
        model: root.session.recent.all
        ScrollBar.vertical: ScrollBar { width: 8 }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Recent recipes")
        Keys.onReturnPressed: root.session.wishToOpen(root.session.recent.all[currentIndex].path)
        delegate: ItemDelegate {
            id: row
            required property var modelData
            width: list.width
            height: root.theme.row
            highlighted: ListView.isCurrentItem && list.activeFocus
            Accessible.name: row.modelData.name
            onClicked: root.session.wishToOpen(row.modelData.path)
            background: Rectangle { color: row.hovered || row.highlighted ? root.theme.hover : "transparent" }
            contentItem: RowLayout {
                spacing: 12
                Words { theme: root.theme; Layout.maximumWidth: row.width * 0.6; text: row.modelData.name }
                Words { theme: root.theme; Layout.fillWidth: true; soft: true; elide: Text.ElideMiddle; text: row.modelData.folder }
            }
        }
    }
}
